import { baseImagesOf } from './base-images';
import type { BuildImageRequest, NamedBase } from './build-request';

const PIN = /@(sha256:[0-9a-f]{64})$/;

/**
 * A build's base images with what their names stood for, where that is known.
 * @param buildPlatform the engine's own
 * @param digests by full name, as the builder said them
 */
export function namedBases(request: Pick<BuildImageRequest, 'dockerfileText' | 'target' | 'args' | 'platform'>, buildPlatform: string, digests: ReadonlyMap<string, string>): NamedBase[] {
  if (request.dockerfileText === undefined) return [];
  const { target, args, platform } = request;
  const names = baseImagesOf(request.dockerfileText, { target, args, platform, buildPlatform }) ?? [...digests.keys()];
  return names.map((name) => {
    const digest = PIN.exec(name)?.[1] ?? digests.get(fullImageName(name));
    return digest === undefined ? { name } : { name, digest };
  });
}

/** `node` → `docker.io/library/node:latest`, as the builder says it. */
export function fullImageName(name: string): string {
  const pinless = name.replace(PIN, '');
  const [first = '', ...rest] = pinless.split('/');
  const hasHost = rest.length > 0 && (/[.:]/.test(first) || first === 'localhost');
  const path = hasHost ? pinless : `docker.io/${rest.length === 0 ? 'library/' : ''}${pinless}`;
  const tagged = /:[^/]+$/.test(path);
  return tagged || pinless !== name ? path : `${path}:latest`;
}
