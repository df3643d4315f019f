import { createHash } from 'node:crypto';
import { AppId, DomainError } from '@osiris/contracts';
import type { Position, Sort } from '@osiris/search';
import { z } from 'zod';

const KEYS: Record<Sort, z.ZodType<Position['key']>> = {
  relevance: z.tuple([z.number(), z.number(), z.number()]),
  popular: z.tuple([z.number()]),
  recent: z.tuple([z.number()]),
  name: z.tuple([z.string()]),
};
const Encoded = z.tuple([z.string(), z.unknown(), AppId]);

/** A cursor belongs to one query in one order: with another it would mean something else. */
const fingerprint = (query: string, sort: Sort): string => createHash('sha256').update(`${sort}\n${query}`).digest('base64url').slice(0, 12);

/** @param query in its canonical form, so that another way of writing the same goes on with the same cursor */
export function encodeCursor(query: string, sort: Sort, { key, id }: Position): string {
  return Buffer.from(JSON.stringify([fingerprint(query, sort), key, id])).toString('base64url');
}

/** @throws DomainError CURSOR_INVALID */
export function decodeCursor(query: string, sort: Sort, cursor: string): Position {
  try {
    const [of, key, id] = Encoded.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
    if (of === fingerprint(query, sort)) return { key: KEYS[sort].parse(key), id };
  } catch {
    // Falls through: however it is wrong, it is not ours.
  }
  const message = 'The cursor is not one this hub gave for this query. Begin again without a cursor.';
  throw new DomainError('CURSOR_INVALID', message, { errors: [{ path: 'cursor', message }] });
}
