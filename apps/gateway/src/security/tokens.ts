import { createHash, timingSafeEqual } from 'node:crypto';

export const ROLES = ['viewer', 'publisher', 'operator'] as const;
export type Role = (typeof ROLES)[number];

export interface Token {
  name: string;
  role: Role;
  /** SHA-256 of the secret: equal lengths for the comparison, and no secret in a heap dump. */
  digest: Buffer;
}

const digestOf = (secret: string): Buffer => createHash('sha256').update(secret).digest();

/**
 * Reads `name:role:secret,…`; a secret may hold colons but no comma.
 * @throws Error naming the entry by its number, never by its text.
 */
export function parseTokens(text: string): Token[] {
  const entries = text.split(',').map((entry) => entry.trim()).filter((entry) => entry !== '');
  return entries.map((entry, index) => {
    const [name, role, ...rest] = entry.split(':');
    const secret = rest.join(':');
    if (!name || !secret || !ROLES.includes(role as Role)) {
      throw new Error(`entry ${index + 1} is not name:role:secret with role ${ROLES.join(', ')}`);
    }
    return { name, role: role as Role, digest: digestOf(secret) };
  });
}

/** The token whose secret this is. Compares with every one, so that the time says nothing about which came close. */
export function findToken(tokens: readonly Token[], secret: string): Token | undefined {
  const digest = digestOf(secret);
  let found: Token | undefined;
  for (const token of tokens) if (timingSafeEqual(token.digest, digest)) found = token;
  return found;
}

/** The secret of an `Authorization: Bearer …` header (RFC 6750). */
export function bearerOf(header: string | undefined): string | undefined {
  return /^Bearer +([^\s]+)$/i.exec(header ?? '')?.[1];
}
