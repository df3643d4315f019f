import { type BuildJob, redactUrl } from '@osiris/contracts';
import { type Registry, registryReference } from '@osiris/engine';

/** Docker allows 255 characters for a repository's name; half of that leaves room for a registry in front. */
const MAX_SLUG = 120;

/** A slug as a path of an image's name: lower case, single separators, none at either end of a part. */
function imagePath(slug: string): string {
  const parts = slug
    .toLowerCase()
    .split('/')
    .map((part) => part.replace(/[^a-z0-9]+/g, (run) => (/^[._]$/.test(run) ? run : '-')).replace(/^[^a-z0-9]+|[^a-z0-9]+$/g, ''))
    .filter((part) => part !== '');
  return parts.join('/').slice(0, MAX_SLUG).replace(/[^a-z0-9]+$/, '') || 'app';
}

/** `osiris/<owner>/<name>:<commit>-<build>`, behind the registry's host where there is one: readable, and never the same for two builds. */
export function imageName({ slug, commitSha, buildId }: Pick<BuildJob, 'slug' | 'commitSha' | 'buildId'>, registry?: Registry): string {
  const name = `osiris/${imagePath(slug)}:${commitSha.slice(0, 12)}-${idInName(buildId)}`;
  return registry ? registryReference(registry, name) : name;
}

/** `osiris/…:<commit>-<build>`, perhaps behind a registry's host and path. */
const HUB_IMAGE_NAME = /^(?:[^\s@]+\/)?osiris\/[a-z0-9._/-]+:[0-9a-f]{12}-([0-9a-z]{10})$/;

/** Whether a name is one that hubs give. Somebody may have given an image of the hub a name of their own, which is theirs. */
export const isHubImageName = (reference: string): boolean => HUB_IMAGE_NAME.test(reference);

/** Whether a name was made for this build. Its image may have further names, of builds that reused it. */
export function isNameOf(buildId: string, reference: string): boolean {
  return HUB_IMAGE_NAME.exec(reference)?.[1] === idInName(buildId);
}

const idInName = (buildId: string): string => buildId.replace(/^bld_/, '').slice(-10);

/** What every image of the hub carries: whose it is, and where it comes from in the terms of the OCI image spec. */
export function imageLabels(job: BuildJob, hubId: string, created: Date): Record<string, string> {
  return {
    ...identifyingLabels(job, hubId),
    'org.opencontainers.image.title': job.title ?? job.slug,
    ...(job.licence ? { 'org.opencontainers.image.licenses': job.licence } : {}),
    'org.opencontainers.image.source': redactUrl(job.repoUrl),
    'org.opencontainers.image.revision': job.commitSha,
    'org.opencontainers.image.created': created.toISOString(),
  };
}

/** By these an image is found again. */
export function identifyingLabels(job: Pick<BuildJob, 'appId' | 'buildId'>, hubId: string): Record<string, string> {
  return { 'io.osiris.hub': hubId, 'io.osiris.app': job.appId, 'io.osiris.build': job.buildId };
}
