import type { Launch } from '@osiris/contracts';
import { type EntityManager, In } from 'typeorm';
import { errorOf, instant, instantOrNull } from '../lifecycle/leased-row';
import { LaunchEntity } from './launch.entity';
import { isWaiting, type QueuePlace, queuePlaces } from './waiting-launches';

/**
 * A launch as the API shows it, but for `previewUrl`: the gateway has the keys to sign it.
 * @param place of one that waits for room
 */
export function launchView(row: LaunchEntity, place: QueuePlace | null = null): Launch {
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
    queue: isWaiting(row) ? place : null,
    warm: row.warm === null ? null : row.warm === 1,
    idleAt: row.status === 'running' ? instantOrNull(row.idleAt) : null,
    endReason: endReasonOf(row),
    endedAt: instantOrNull(row.endedAt),
    restarts: row.restarts,
  };
}

/** Why it ended where nobody failed; a runner may have ended it at its time before the catalog asked. */
function endReasonOf({ status, stopReason }: LaunchEntity): Launch['endReason'] {
  if (status === 'stopped') return stopReason ?? 'stopped';
  return status === 'expired' ? 'expired' : null;
}

export async function viewLaunch(manager: EntityManager, row: LaunchEntity): Promise<Launch> {
  return launchView(row, isWaiting(row) ? (await queuePlaces(manager)).get(row.id) : null);
}

/** With the places of those that wait. */
export async function viewLaunches(manager: EntityManager, rows: readonly LaunchEntity[]): Promise<Launch[]> {
  const places = rows.some(isWaiting) ? await queuePlaces(manager) : new Map<string, QueuePlace>();
  return rows.map((row) => launchView(row, places.get(row.id)));
}

/** By id. */
export async function viewLaunchesById(manager: EntityManager, ids: readonly string[]): Promise<Map<string, Launch>> {
  if (ids.length === 0) return new Map();
  const rows = await manager.findBy(LaunchEntity, { id: In([...ids]) });
  return new Map((await viewLaunches(manager, rows)).map((launch) => [launch.id, launch]));
}
