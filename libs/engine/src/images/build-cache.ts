import type { EngineConnection } from '../engine-connection';
import { engineStatus } from '../engine-errors';
import { engineRequest } from '../engine-request';

export interface BuildCacheUsage {
  bytes: number;
  /** What a prune could free now: not in use by a running build, no frontend and no transfer's record, which it passes over. */
  removableBytes: number;
}

/** https://docs.docker.com/engine/api/v1.41/#operation/SystemDataUsage; `BuildCache` is null where BuildKit was never used. */
interface DiskUsage {
  BuildCache?: { Size: number; InUse: boolean; Shared: boolean; Type: string }[] | null;
}

/** Adding up all caches reads the disk: an engine with many may need longer than for other questions. */
const PRUNE_LIMIT_MS = 10 * 60_000;

/** What BuildKit's cache takes; zeros on an engine without BuildKit. @throws DomainError ENGINE_UNAVAILABLE */
export async function buildCacheUsage(engine: EngineConnection): Promise<BuildCacheUsage> {
  // Since API 1.42 the engine adds up only what is asked for; older ones ignore the parameter.
  const usage = (await engine.ask((docker, abortSignal) => engineRequest(docker, { method: 'GET', path: '/system/df', query: { type: 'build-cache' }, signal: abortSignal }))) as DiskUsage;
  const sum = (caches: readonly { Size: number }[]): number => caches.reduce((total, { Size }) => total + Size, 0);
  // Shared records are layers that images hold too: removing them frees nothing, and the engine's own total leaves them out.
  const own = (usage.BuildCache ?? []).filter(({ Shared }) => !Shared);
  return { bytes: sum(own), removableBytes: sum(own.filter(({ InUse, Type }) => !InUse && Type !== 'internal' && Type !== 'frontend')) };
}

/**
 * Removes from BuildKit's cache what was used longest ago until no more than `keepBytes` are left. Never what a running
 * build uses, never an image. dockerode's `pruneBuilder` would drop `keep-storage` and with it the whole cache.
 * @returns bytes freed; 0 on an engine without BuildKit
 * @throws DomainError ENGINE_UNAVAILABLE
 */
export async function pruneBuildCache(engine: EngineConnection, keepBytes: number): Promise<number> {
  // Zero would mean "no limit given", which prunes everything that is unused: the same thing here.
  const keep = String(Math.max(0, Math.floor(keepBytes)));
  try {
    const answer = await engine.call((docker) =>
      // `keep-storage` became `reserved-space` with API 1.48; each engine ignores the other's name. Without `all`: what is
      // shared with an image would free nothing and only be missed at that image's next build.
      engineRequest(docker, { method: 'POST', path: '/build/prune', query: { 'keep-storage': keep, 'reserved-space': keep }, signal: AbortSignal.timeout(PRUNE_LIMIT_MS) }),
    );
    return (answer as { SpaceReclaimed?: number }).SpaceReclaimed ?? 0;
  } catch (error) {
    const status = engineStatus(error);
    if (status === 404 || status === 501) return 0;
    throw error;
  }
}
