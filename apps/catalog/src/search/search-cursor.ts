import { createHash } from 'node:crypto';
import { DomainError } from '@osiris/contracts';
import { z } from 'zod';

/** The last row of a page: the next page begins after it, whatever was added or removed meanwhile. */
export interface SearchPosition {
  /** Values of the sort's columns. */
  values: (string | number)[];
  id: string;
}

const Encoded = z.tuple([z.string(), z.array(z.union([z.string(), z.number()])).max(3), z.string().regex(/^app_[0-9a-z]+$/)]);

/** A cursor belongs to one query in one order: with another it would mean something else. */
const fingerprint = (q: string, sort: string): string => createHash('sha256').update(`${sort}\n${q}`).digest('base64url').slice(0, 12);

export function encodeCursor(q: string, sort: string, { values, id }: SearchPosition): string {
  return Buffer.from(JSON.stringify([fingerprint(q, sort), values, id])).toString('base64url');
}

/** @throws DomainError CURSOR_INVALID */
export function decodeCursor(q: string, sort: string, cursor: string, columns: number): SearchPosition {
  try {
    const [of, values, id] = Encoded.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
    if (of === fingerprint(q, sort) && values.length === columns) return { values, id };
  } catch {
    // Falls through: however it is wrong, it is not ours.
  }
  throw new DomainError('CURSOR_INVALID', 'The cursor is not one this hub gave for this query. Begin again without a cursor.');
}
