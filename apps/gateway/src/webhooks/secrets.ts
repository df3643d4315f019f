import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** SHA-256 in hex. */
export const sha256 = (...parts: (string | Buffer)[]): string => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest('hex');

export const hmacSha256 = (key: string | Buffer, ...parts: (string | Buffer)[]): Buffer =>
  parts.reduce((hmac, part) => hmac.update(part), createHmac('sha256', key)).digest();

/** Whether two secrets are the same. The time it takes tells neither where they differ nor how long they are. */
export function sameSecret(one: string | Buffer, other: string | Buffer): boolean {
  const digestOf = (secret: string | Buffer): Buffer => createHash('sha256').update(secret).digest();
  return timingSafeEqual(digestOf(one), digestOf(other));
}
