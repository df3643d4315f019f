import { type DeliveryKey, DomainError } from '@osiris/contracts';
import type { IncomingHttpHeaders } from 'node:http';
import { hmacSha256, sameSecret, sha256 } from './secrets';

/**
 * Checks `X-Hub-Signature-256`: the hex HMAC-SHA256 of the body as it came
 * (https://docs.github.com/webhooks/using-webhooks/validating-webhook-deliveries).
 * @returns what tells this delivery from others: the id that GitHub gave it, and, as that header is not signed, what is
 * @throws DomainError UNAUTHENTICATED
 */
export function verifyGithub(secret: string, headers: IncomingHttpHeaders, body: Buffer): DeliveryKey[] {
  const signature = headers['x-hub-signature-256'];
  const expected = `sha256=${hmacSha256(secret, body).toString('hex')}`;
  if (typeof signature !== 'string' || !sameSecret(signature, expected)) {
    throw new DomainError('UNAUTHENTICATED', 'X-Hub-Signature-256 is not the signature of this body: compare the secret on both sides.');
  }
  const delivery = headers['x-github-delivery'];
  return [{ hash: sha256('github body ', body) }, ...(typeof delivery === 'string' ? [{ hash: sha256('github delivery ', delivery) }] : [])];
}
