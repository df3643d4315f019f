import { DomainError } from '@osiris/contracts';
import type { EngineConnection } from '../engine-connection';
import { splitTag } from '../images/image-reference';
import type { Registry } from './registry-url';
import { transfer, type TransferOptions } from './transfer';

/** What the engine is told of the credentials. Without any it wants an empty object. */
const authOf = (registry: Registry): object => registry.credentials ?? {};

/**
 * Pushes an image under one of its names. Layers that the registry has are passed over.
 * @param reference with the registry's host and a tag: see `registryReference`, `EngineImages.tagImage`
 * @returns the manifest's digest, by which anybody can verify what they pull
 * @throws DomainError IMAGE_PUSH_REFUSED (credentials, rights, size, TLS), REGISTRY_UNAVAILABLE, IMAGE_GONE, ENGINE_UNAVAILABLE; the signal's reason
 */
export async function pushImage(engine: EngineConnection, reference: string, options: TransferOptions): Promise<{ digest: string }> {
  const [repository, tag] = splitTag(reference);
  const digest = await transfer(
    (abortSignal) => engine.docker.getImage(repository).push({ tag, authconfig: authOf(options.registry), abortSignal } as object),
    reference,
    options,
  );
  if (digest === null) throw new DomainError('ENGINE_UNAVAILABLE', 'The container engine went away during a push', { retryAfterSeconds: 5 });
  return { digest };
}

/**
 * Pulls an image from the registry.
 * @throws DomainError IMAGE_GONE where the registry has none of this name or gives it out to nobody like us,
 *   REGISTRY_UNAVAILABLE, ENGINE_UNAVAILABLE; the signal's reason
 */
export async function pullImage(engine: EngineConnection, reference: string, options: TransferOptions): Promise<{ digest: string }> {
  const [fromImage, tag] = splitTag(reference);
  try {
    const digest = await transfer(
      (abortSignal) => engine.docker.createImage({ fromImage, tag, authconfig: authOf(options.registry), abortSignal } as object),
      reference,
      options,
    );
    if (digest === null) throw new DomainError('ENGINE_UNAVAILABLE', 'The container engine went away during a pull', { retryAfterSeconds: 5 });
    return { digest };
  } catch (error) {
    if (!(error instanceof DomainError && error.code === 'IMAGE_PUSH_REFUSED')) throw error;
    throw new DomainError('IMAGE_GONE', `The image ${reference} is not on this engine and cannot be had. ${error.message}`, { cause: error });
  }
}
