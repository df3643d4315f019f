import type { EntityManager } from 'typeorm';
import { isPostgres, placeholders, select } from '../database/select';

/** Rows a statement, the most that fit first: prepared statements are kept, and those of any other number would fill the memory. */
const SIZES = [100, 10, 1] as const;

/** Inserts rows with the same columns, many a statement. Table and columns are the caller's own words, never input. */
export async function insertRows(
  manager: EntityManager,
  table: string,
  rows: readonly Record<string, unknown>[],
  { existing = 'refuse' }: { existing?: 'refuse' | 'skip' } = {},
): Promise<void> {
  const columns = Object.keys(rows[0] ?? {});
  const quoted = columns.map((column) => (isPostgres(manager) ? `"${column}"` : `\`${column}\``)).join(', ');
  const conflict = existing === 'skip' ? ' ON CONFLICT DO NOTHING' : '';
  for (let at = 0; at < rows.length; ) {
    const size = SIZES.find((one) => one <= rows.length - at) ?? 1;
    const values = Array(size).fill(`(${placeholders(columns.length)})`).join(', ');
    const some = rows.slice(at, at + size);
    await select(manager, `INSERT INTO ${table} (${quoted}) VALUES ${values}${conflict}`, some.flatMap((row) => columns.map((column) => row[column] ?? null)));
    at += size;
  }
}
