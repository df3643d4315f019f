import type { EntityManager } from 'typeorm';

/**
 * A query in plain SQL where hydrating entities would cost too much. Its parameters are written `?` for both databases;
 * columns come under the names the SQL gives them, and PostgreSQL answers bigint as text.
 */
export function select<Row>(manager: EntityManager, sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
  return manager.query<Row[]>(isPostgres(manager) ? numbered(sql) : sql, [...parameters]);
}

/** `?, ?, ?` */
export const placeholders = (count: number): string => Array(count).fill('?').join(', ');

/**
 * What stands behind `IN`, never empty. Lists are filled up to a power of two with their last entry, which means the same:
 * prepared statements are kept by their text, and there are ten of these instead of a thousand.
 */
export function inList<T>(values: readonly T[]): { marks: string; parameters: T[] } {
  const size = 2 ** Math.ceil(Math.log2(Math.max(1, values.length)));
  const parameters = Array.from({ length: size }, (_, at) => values[Math.min(at, values.length - 1)]!);
  return { marks: placeholders(size), parameters };
}

export const isPostgres = (manager: EntityManager): boolean => manager.connection.options.type === 'postgres';

function numbered(sql: string): string {
  let count = 0;
  return sql.replace(/\?/g, () => `$${++count}`);
}
