import type { EntityManager } from 'typeorm';
import { select } from '../database/select';
import { insertRows } from './insert-rows';

const PAIRS_AT_ONCE = 64;
interface Pair {
  key: string;
  value: string;
}

const textOf = ({ key, value }: Pair): string => `${key}:${value}`;

/** Row ids of tags by their text `key:value`; those that are not there yet are made. */
export async function tagIdsOf(manager: EntityManager, tags: readonly Pair[]): Promise<Map<string, number>> {
  const wanted = [...new Map(tags.map(({ key, value }) => ({ key, value: value.replaceAll('\0', '') })).map((tag) => [textOf(tag), tag])).values()];
  const ids = await known(manager, wanted);
  const missing = wanted.filter((tag) => !ids.has(textOf(tag)));
  if (missing.length === 0) return ids;
  await insertRows(manager, 'tags', missing.map(({ key, value }) => ({ key, value })), { existing: 'skip' });
  for (const [text, id] of await known(manager, missing)) ids.set(text, id);
  return ids;
}

async function known(manager: EntityManager, tags: readonly Pair[]): Promise<Map<string, number>> {
  const found = new Map<string, number>();
  for (let at = 0; at < tags.length; at += PAIRS_AT_ONCE) {
    const some = tags.slice(at, at + PAIRS_AT_ONCE);
    // Filled up with the last one: always the same statement.
    while (some.length < PAIRS_AT_ONCE) some.push(some.at(-1)!);
    const pairs = Array(PAIRS_AT_ONCE).fill('(?, ?)').join(', ');
    const sql = `SELECT t.id, t.key, t.value FROM tags t WHERE (t.key, t.value) IN (VALUES ${pairs})`;
    const rows = await select<Pair & { id: number | string }>(manager, sql, some.flatMap(({ key, value }) => [key, value]));
    for (const row of rows) found.set(textOf(row), Number(row.id));
  }
  return found;
}
