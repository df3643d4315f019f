import type { EngineConnection } from '../engine-connection';
import { engineStatus, isEngineUnreachable } from '../engine-errors';
import { askManifestDigest } from '../registry/distribution';
import type { RegistryCredentials } from '../registry/registry-url';
import { fromInspection } from './engine-image';
import { enginePlatform } from './engine-platform';
import { type ImageReference, parseImageReference, sameRepository } from './image-reference';

/** How long a registry may take to say what a name stands for now, in milliseconds. */
const REGISTRY_LIMIT_MS = 5_000;

export interface ResolveBaseOptions {
  /** `linux/arm64`; default: the engine's own. */
  platform?: string;
  credentials?: RegistryCredentials | null;
  limitMs?: number;
}

/**
 * What a base image's name stands for now, as a build on this engine would take it: the digest where the name is pinned;
 * else the image of this name and platform that the engine has; else what its registry says.
 *
 * How answers compare: each is a hash, of an image's configuration (a local image's id) or of a manifest or index (one that
 * came from a registry), so two that are equal as strings mean the same content on the same platform. Different ones may
 * still be the same image (a local one that was pushed since, one that was pulled after BuildKit had only kept it in its own
 * cache under another manifest): then a build is done that would not have been needed, never the other way round. A base
 * that BuildKit pulled is in no list of the engine; its digest is the one that the builder logs (`FROM name@sha256:…`), and
 * equals the registry's answer for as long as the tag has not moved. That log is to be recorded rather than this answer
 * where it names a digest: a tag can move between the question and the build. Null compares with nothing.
 *
 * @returns `sha256:…`; null where nobody knows, where it is no image's name, or for `scratch`, which is no image
 * @throws DomainError ENGINE_UNAVAILABLE
 */
export async function resolveBase(engine: EngineConnection, name: string, options: ResolveBaseOptions = {}): Promise<string | null> {
  const reference = parseImageReference(name);
  if (reference === null || name === 'scratch') return null;
  if (reference.digest !== null) return reference.digest;
  const local = await onEngine(engine, name, reference, options.platform);
  if (local !== null) return local;
  try {
    return await askManifestDigest(engine, name, { credentials: options.credentials ?? null, limitMs: options.limitMs ?? REGISTRY_LIMIT_MS });
  } catch (error) {
    // Whatever a registry answers: it is not known what the name stands for.
    if (isEngineUnreachable(error)) throw error;
    return null;
  }
}

async function onEngine(engine: EngineConnection, name: string, reference: ImageReference, platform: string | undefined): Promise<string | null> {
  const found = await engine.ask((docker) => docker.getImage(name).inspect()).catch((error: unknown) => {
    if (engineStatus(error) === 404) return null;
    throw error;
  });
  if (found === null) return null;
  const image = fromInspection(found);
  // BuildKit passes over a local image of another platform and asks the registry.
  if (!samePlatform(image.config.platform, platform ?? (await enginePlatform(engine)))) return null;
  const digests = image.repoDigests.flatMap((text) => {
    const digest = parseImageReference(text);
    return digest?.digest && sameRepository(digest, reference) ? [digest.digest] : [];
  });
  // Several manifests of the same image: any of them means this content, always the same one is taken.
  return digests.sort()[0] ?? image.id;
}

/** The variant counts only where it is asked for: `linux/arm64` is what `linux/arm64/v8` runs on. */
function samePlatform(image: string, wanted: string): boolean {
  return image === wanted || image.startsWith(`${wanted}/`);
}
