import { DomainError } from '@osiris/contracts';
import type { EngineConnection } from '../engine-connection';
import { engineStatus, isEngineUnreachable } from '../engine-errors';
import { engineRequest } from '../engine-request';
import { parseImageReference } from '../images/image-reference';
import { registryErrorOf } from './registry-errors';
import type { Registry, RegistryCredentials } from './registry-url';

/** How long a registry may take to say whether it has an image, in milliseconds. */
const ASK_LIMIT_MS = 15_000;

/** https://docs.docker.com/engine/api/v1.41/#operation/DistributionInspect */
interface DistributionAnswer {
  Descriptor?: { digest?: string };
}

/**
 * What a registry has under a name, asked by the engine: so it is reached, and trusted, as in a pull.
 * @returns the manifest's or the index's digest; null where the registry has no such image
 * @throws DomainError ENGINE_UNAVAILABLE; the engine's own error where the registry did not say
 */
export async function askManifestDigest(engine: EngineConnection, name: string, options: { credentials: RegistryCredentials | null; limitMs: number }): Promise<string | null> {
  // The name becomes part of a path.
  if (parseImageReference(name) === null) return null;
  const late = AbortSignal.timeout(options.limitMs);
  try {
    const credentials = options.credentials ?? undefined;
    const answer = await engine.call((docker) => engineRequest(docker, { method: 'GET', path: `/distribution/${name}/json`, credentials, signal: late }));
    return (answer as DistributionAnswer).Descriptor?.digest ?? null;
  } catch (error) {
    if (late.aborted) throw new DomainError('REGISTRY_UNAVAILABLE', `The registry of ${name} has not answered in ${Math.round(options.limitMs / 1000)} s`, { cause: error });
    if (engineStatus(error) === 404) return null;
    throw error;
  }
}

/**
 * Whether the registry has this image (with this digest, where one is given).
 * @throws DomainError REGISTRY_UNAVAILABLE, IMAGE_PUSH_REFUSED (the credentials are not taken), ENGINE_UNAVAILABLE
 */
export async function isInRegistry(engine: EngineConnection, reference: string, options: { registry: Registry; digest?: string; limitMs?: number }): Promise<boolean> {
  try {
    const digest = await askManifestDigest(engine, reference, { credentials: options.registry.credentials, limitMs: options.limitMs ?? ASK_LIMIT_MS });
    return digest !== null && (options.digest === undefined || options.digest === digest);
  } catch (error) {
    if (error instanceof DomainError || isEngineUnreachable(error)) throw error;
    const known = registryErrorOf(error, options.registry);
    if (known === 'absent') return false;
    throw known;
  }
}
