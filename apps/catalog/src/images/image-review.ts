import type { HeldImage, RemovalReason } from '@osiris/contracts';
import type { z } from 'zod';

/** What the catalog knows of a build whose image some engine has. */
export interface KnownBuild {
  readonly buildId: string;
  readonly appId: string;
  /** It has succeeded, and this is what its image is; null: it has none that is wanted. */
  readonly digest: string | null;
  /** It is not over yet, one that is not over can take over its image, or its image is still to be looked at. */
  readonly wanted: boolean;
  /** A launch that is not over runs its image. */
  readonly launched: boolean;
}

/** Of whose build a name is, as the catalog has it: a name that was given to another build's image is not what its labels say. */
export type BuildOfName = (held: HeldImage) => string;

/**
 * Which images may go: all but the newest different ones of each app, those in use, and those of builds that are not over.
 *
 * Different ones are counted, and the newest name of each stays: building an unchanged commit again and again, which
 * gives the same image another name each time, does not push out what was there before.
 *
 * @param builds those of the names, and of their apps all that have an image
 * @param retain how many images of an app stay
 */
export function removableImages(
  held: readonly HeldImage[],
  builds: readonly KnownBuild[],
  buildOf: BuildOfName,
  retain: number,
): { reference: string; reason: z.infer<typeof RemovalReason> }[] {
  const byId = new Map(builds.map((build) => [build.buildId, build]));
  const newest = newestOfEach(builds, retain);
  return held.flatMap((image) => {
    const build = byId.get(buildOf(image));
    if (build?.wanted || build?.launched || (build && newest.has(build.buildId))) return [];
    return [{ reference: image.reference, reason: build && build.digest !== null ? ('superseded' as const) : ('orphaned' as const) }];
  });
}

/** Ids of the builds whose images are the newest different ones of their app. Later builds have greater ids. */
function newestOfEach(builds: readonly KnownBuild[], retain: number): Set<string> {
  const kept = new Set<string>();
  const digests = new Map<string, Set<string>>();
  for (const { buildId, appId, digest } of [...builds].sort((a, b) => (a.buildId < b.buildId ? 1 : -1))) {
    if (digest === null) continue;
    const seen = digests.get(appId) ?? new Set();
    digests.set(appId, seen);
    if (seen.has(digest) || seen.size >= retain) continue;
    seen.add(digest);
    kept.add(buildId);
  }
  return kept;
}
