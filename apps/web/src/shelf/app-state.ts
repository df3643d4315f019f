import type { App } from '@osiris/contracts';

export interface AppState {
  /** `alive` runs, `ready` can, `busy` is on its way there, `failed` needs someone. */
  tone: 'alive' | 'ready' | 'busy' | 'failed' | 'resting';
  text: string;
  launchable: boolean;
}

/** An app's state in a word, as its card shows it. */
export function appState(app: App): AppState {
  // A commit that does not build leaves the one before it to be launched.
  // What nobody has seen running is not offered; a hub that does not say so offers what is built.
  const built = app.offered ?? (app.launchable || app.latestBuild?.status === 'succeeded');
  switch (app.latestLaunch?.status) {
    case 'running':
      return { tone: 'alive', text: 'Running', launchable: false };
    case 'pending':
    case 'starting':
      return { tone: 'busy', text: 'Starting', launchable: false };
    case 'stopping':
      return { tone: 'resting', text: 'Stopping', launchable: false };
  }
  if (app.ingestStatus === 'pending' || app.ingestStatus === 'processing') {
    return { tone: 'busy', text: app.ingestStatus === 'pending' ? 'In the queue' : 'Being read', launchable: built };
  }
  switch (app.latestBuild?.status) {
    case 'pending':
      return { tone: 'busy', text: 'Waiting to be built', launchable: built };
    case 'running':
      return { tone: 'busy', text: 'Being built', launchable: built };
    case 'failed':
      return { tone: 'failed', text: 'Build failed', launchable: built };
    case 'canceled':
      return { tone: 'resting', text: 'Build canceled', launchable: built };
    case 'succeeded':
      if (app.offered === false) return notOffered(app);
      if (app.ingestStatus === 'failed') return { tone: 'failed', text: 'Could not be read again', launchable: true };
      return app.latestLaunch?.status === 'failed'
        ? { tone: 'failed', text: 'Last launch failed', launchable: true }
        : { tone: 'ready', text: 'Ready to launch', launchable: true };
  }
  // Listed by somebody else's word: its repository was never read here, and nothing is on its way.
  if (app.ingestStatus === 'ready' && app.commitSha === null) return { tone: 'resting', text: 'Listed, not built here', launchable: false };
  return app.ingestStatus === 'failed'
    ? { tone: 'failed', text: 'Could not be read', launchable: built }
    : { tone: 'busy', text: 'Waiting to be built', launchable: false };
}

function notOffered({ verification, latestBuild }: App): AppState {
  if (verification?.status === 'failed') return { tone: 'failed', text: 'Does not come up', launchable: false };
  if (latestBuild?.image?.removedAt) return { tone: 'resting', text: 'Image removed to make room', launchable: false };
  return { tone: 'busy', text: 'Being started for the first time', launchable: false };
}
