import { DomainError } from '@osiris/contracts';
import { engineMessage } from '../engine-errors';
import type { Registry } from './registry-url';

const MAX_MESSAGE = 500;

/** The engine's words on what a registry said, without what an URL could hold of credentials. */
function wordsOf(error: unknown): string {
  return engineMessage(error).replace(/\/\/[^/@\s]+@/g, '//').trim().slice(0, MAX_MESSAGE);
}

/**
 * What the engine's words on a push, a pull or a question to a registry mean (moby, distribution/errors.go and
 * registry/api/errcode). `absent`: the registry has no such image, or tells it to nobody.
 * @returns IMAGE_PUSH_REFUSED where trying again is no use until somebody changes something, else REGISTRY_UNAVAILABLE
 */
export function registryErrorOf(error: unknown, registry: Registry): DomainError | 'absent' {
  const words = wordsOf(error);
  const refused = (message: string): DomainError => new DomainError('IMAGE_PUSH_REFUSED', message, { cause: new Error(words) });
  if (/gave HTTP response to HTTPS client/i.test(words)) {
    return refused(`The registry ${registry.host} speaks plain HTTP, which the container engine allows with loopback addresses alone. Give the registry TLS, or add "${registry.host}" to "insecure-registries" in the engine's daemon.json.`);
  }
  if (/x509:|certificate/i.test(words)) {
    return refused(`The container engine does not trust the certificate of the registry ${registry.host}: put its authority's certificate into /etc/docker/certs.d/${registry.host}/ca.crt. It said: ${words}`);
  }
  // Before the refusals: registries that tell nobody what they have say "denied" and "not found" in one.
  if (/manifest unknown|name unknown|not known to registry|^(manifest for )?\S+ not found(:|$)/i.test(words)) return 'absent';
  if (/toomanyrequests|too many requests|status(?: code)?:? 429/i.test(words)) return new DomainError('REGISTRY_UNAVAILABLE', `The registry ${registry.host} says that there were too many requests`, { retryAfterSeconds: 60, cause: new Error(words) });
  if (/unauthorized|no basic auth|authentication required|incorrect username or password|status(?: code)?:? 401/i.test(words)) {
    return refused(`The registry ${registry.host} does not take ${registry.credentials === null ? 'images from anybody: REGISTRY_URL needs a user and a password' : 'the user and password of REGISTRY_URL'}`);
  }
  if (/denied|forbidden|insufficient_scope|status(?: code)?:? 403/i.test(words)) return refused(`The registry ${registry.host} does not allow this with the credentials of REGISTRY_URL. It said: ${words}`);
  if (/too large|status(?: code)?:? 413/i.test(words)) return refused(`The image has a layer that is larger than the registry ${registry.host}, or a proxy in front of it, takes. It said: ${words}`);
  if (/manifest invalid|name invalid|tag invalid|unsupported|method not allowed|status(?: code)?:? 4(0[05]|15|22)/i.test(words)) return refused(`The registry ${registry.host} does not take the image. It said: ${words}`);
  return new DomainError('REGISTRY_UNAVAILABLE', `The registry ${registry.host} cannot be reached or does not do its work. It said: ${words}`, { retryAfterSeconds: 10, cause: new Error(words) });
}
