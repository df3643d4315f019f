import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

/**
 * JSON Web Tokens with HS256 (RFC 7515, RFC 7519) by node:crypto rather than by jose: each proxied request checks one,
 * and jose's WebCrypto costs a promise and ten times the time of a synchronous HMAC.
 */
const HEADER = Buffer.from(JSON.stringify({ alg: 'HS256', typ: 'JWT' })).toString('base64url');

const Claims = z.object({
  launchId: z.string(),
  /** Seconds since 1970. */
  exp: z.number(),
  /** A URL's token is in histories and chats and ends with the launch; the cookie made of it lives in one browser. */
  use: z.enum(['url', 'cookie']),
});
export type PreviewClaims = z.infer<typeof Claims>;

export type Verdict = { valid: true; claims: PreviewClaims } | { valid: false; reason: 'malformed' | 'forged' | 'expired' };

/** Each request of a page brings the same cookie: it is looked into once. */
const KEPT = 10_000;

export class PreviewTokens {
  /** Genuine tokens, expired ones too, by their text. */
  private readonly genuine = new Map<string, PreviewClaims>();

  /** @param keys the first signs, all verify: put a new one in front, drop the old one when its tokens have expired. */
  constructor(private readonly keys: readonly [string, ...string[]]) {}

  sign(claims: PreviewClaims): string {
    const signed = `${HEADER}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}`;
    return `${signed}.${mac(this.keys[0], signed).toString('base64url')}`;
  }

  /** @param now milliseconds since 1970. */
  verify(token: string, now: number = Date.now()): Verdict {
    const claims = this.genuine.get(token) ?? this.inspect(token);
    if (typeof claims === 'string') return { valid: false, reason: claims };
    if (claims.exp * 1000 <= now) return { valid: false, reason: 'expired' };
    return { valid: true, claims };
  }

  private inspect(token: string): PreviewClaims | 'malformed' | 'forged' {
    const [header, payload, signature, ...rest] = token.split('.');
    if (!header || !payload || !signature || rest.length > 0) return 'malformed';
    // Only the one header this class writes: `alg` is never taken from the token.
    if (header !== HEADER) return 'forged';
    const given = Buffer.from(signature, 'base64url');
    const genuine = this.keys.some((key) => {
      const wanted = mac(key, `${header}.${payload}`);
      return wanted.length === given.length && timingSafeEqual(wanted, given);
    });
    if (!genuine) return 'forged';
    const claims = Claims.safeParse(jsonOf(payload));
    if (!claims.success) return 'malformed';
    const oldest = this.genuine.keys().next().value;
    if (this.genuine.size >= KEPT && oldest !== undefined) this.genuine.delete(oldest);
    this.genuine.set(token, claims.data);
    return claims.data;
  }
}

function mac(key: string, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

function jsonOf(payload: string): unknown {
  try {
    return JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}
