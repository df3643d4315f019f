import type { IncomingHttpHeaders } from 'node:http';
import { hmacSha256, sameSecret } from './secrets';

/** How far the sender's clock may be from ours, in seconds: https://www.standardwebhooks.com */
const TOLERANCE_SECONDS = 300;
const PREFIX = 'whsec_';

/** The key behind a signing secret: `whsec_` and base64; any other text stands for its own bytes. */
export function signingKey(secret: string): Buffer {
  return secret.startsWith(PREFIX) ? Buffer.from(secret.slice(PREFIX.length), 'base64') : Buffer.from(secret);
}

/**
 * The id of a delivery whose signature holds: `webhook-signature` has, among others, `v1,` and the base64 of
 * HMAC-SHA256 over `<webhook-id>.<webhook-timestamp>.<body>`.
 * @param now milliseconds since 1970
 * @returns null where it does not hold, or is too old
 */
export function verifiedDelivery(key: Buffer, headers: IncomingHttpHeaders, body: Buffer, now: number): string | null {
  const [id, timestamp, signatures] = [headers['webhook-id'], headers['webhook-timestamp'], headers['webhook-signature']];
  if (typeof id !== 'string' || typeof timestamp !== 'string' || typeof signatures !== 'string') return null;
  // Without a full stop in it, what is signed can be read in one way only.
  if (!/^[\w-]{1,256}$/.test(id) || !/^\d{1,12}$/.test(timestamp)) return null;
  if (Math.abs(now / 1_000 - Number(timestamp)) > TOLERANCE_SECONDS) return null;
  const expected = `v1,${hmacSha256(key, `${id}.${timestamp}.`, body).toString('base64')}`;
  // A sender that changes its secret signs with both for a while.
  return signatures.split(' ').slice(0, 10).some((signature) => sameSecret(signature, expected)) ? id : null;
}
