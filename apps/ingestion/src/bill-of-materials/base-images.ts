import type { DockerfileContent } from '../dockerfiles/dockerfile';
import type { Gathering } from './materials';
import { purl } from './package-url';

/** https://github.com/distribution/reference: registry, path, tag, digest. */
const REFERENCE = /^(?:((?:[a-z0-9-]+\.)+[a-z0-9-]+(?::\d{1,5})?|localhost(?::\d{1,5})?|[a-z0-9-]+:\d{1,5})\/)?([a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*)(?::(\w[\w.-]{0,127}))?(?:@(sha256:[0-9a-f]{64}))?$/i;
const MAX_LENGTH = 400;
const HUB = /^(index\.)?docker\.io$/;

/** Gathers the images that a Dockerfile builds on: that of the last stage runs, those of others only build. */
export function gatherBaseImages(path: string, { stages, final }: DockerfileContent, gathering: Gathering): void {
  for (const stage of stages) {
    const image = imageOf(stage.base);
    if (!image) continue;
    const added = gathering.add({ ...image, kind: 'container', scope: stage.base === final?.base ? 'required' : 'excluded' }, `${path}#L${stage.line}`);
    if (added) gathering.direct.add(added.ref);
  }
}

/** Undefined for `scratch`, and for what holds a variable that nothing gives. A digest is more exact than a tag. */
function imageOf(reference: string) {
  const [, registry, path = '', tag, digest] = reference.length > MAX_LENGTH ? [] : (REFERENCE.exec(reference) ?? []);
  if (path === '' || path === 'scratch') return undefined;
  const official = registry === undefined || HUB.test(registry);
  const familiar = official ? path.replace(/^library\//, '') : path;
  const end = familiar.lastIndexOf('/');
  const group = end === -1 ? null : familiar.slice(0, end);
  const name = familiar.slice(end + 1);
  const version = digest ?? tag ?? null;
  const url = purl('docker', group, name, version, official ? {} : { repository_url: registry });
  return { ref: url, group, name, version, purl: url };
}
