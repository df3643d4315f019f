import type { EntityManager } from 'typeorm';
import { isPostgres, placeholders, select } from '../database/select';

/** SQLite takes 32,766 parameters a statement, PostgreSQL 65,535. */
const MAX_PARAMETERS = 16_000;

/** Inserts rows with the same columns, many a statement. Table and columns are the caller's own words, never input. */
export async function insertRows(
  manager: EntityManager,
  table: string,
  rows: readonly Record<string, unknown>[],
  { existing = 'refuse' }: { existing?: 'refuse' | 'skip' } = {},
): Promise<void> {
  const columns = Object.keys(rows[0] ?? {});
  const atOnce = Math.max(1, Math.floor(MAX_PARAMETERS / Math.max(1, columns.length)));
  const quoted = columns.map((column) => (isPostgres(manager) ? `"${column}"` : `\`${column}\``)).join(', ');
  for (let at = 0; at < rows.length; at += atOnce) {
    const some = rows.slice(at, at + atOnce);
    const values = Array(some.length).fill(`(${placeholders(columns.length)})`).join(', ');
    const conflict = existing === 'skip' ? ' ON CONFLICT DO NOTHING' : '';
    await select(manager, `INSERT INTO ${table} (${quoted}) VALUES ${values}${conflict}`, some.flatMap((row) => columns.map((column) => row[column] ?? null)));
  }
}
