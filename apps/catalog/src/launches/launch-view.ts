import type { Launch } from '@osiris/contracts';
import { errorOf, instant, instantOrNull } from '../lifecycle/leased-row';
import type { LaunchEntity } from './launch.entity';

/** A launch as the API shows it, but for `previewUrl`: the gateway has the keys to sign it. */
export function launchView(row: LaunchEntity): Launch {
  return {
    id: row.id,
    appId: row.repositoryId,
    buildId: row.buildId,
    status: row.status,
    previewUrl: null,
    error: errorOf(row),
    profile: row.profile,
    createdAt: instant(row.createdAt),
    startedAt: instantOrNull(row.startedAt),
    expiresAt: instant(row.expiresAt),
    timings: { queuedMs: row.queuedMs, startMs: row.startMs, readyMs: row.readyMs },
  };
}
