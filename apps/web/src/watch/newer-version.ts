import type { App } from '@osiris/contracts';

/** What has become of a newer commit while an older build of the app runs. */
export interface NewerVersion {
  state: 'reading' | 'unreadable' | 'building' | 'failed' | 'canceled' | 'ready';
  /** Id of its build, where there is one. */
  buildId: string | null;
  /** Why it failed. */
  message: string;
}

/** @returns null where what runs, or is about to, is the newest there is */
export function newerVersionOf(app: App): NewerVersion | null {
  const { latestBuild: build, latestLaunch: launch } = app;
  if (!launch || !['pending', 'starting', 'running'].includes(launch.status)) return null;
  if (app.ingestStatus === 'pending' || app.ingestStatus === 'processing') return { state: 'reading', buildId: null, message: '' };
  if (app.ingestStatus === 'failed') return { state: 'unreadable', buildId: null, message: app.ingestError?.message ?? '' };
  if (!build || build.id === launch.buildId) return null;
  const told = { buildId: build.id, message: build.error?.message ?? '' };
  switch (build.status) {
    case 'pending':
    case 'running':
      return { ...told, state: 'building' };
    case 'succeeded':
      return { ...told, state: 'ready' };
    default:
      return { ...told, state: build.status };
  }
}
