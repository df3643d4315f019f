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

export const isPostgres = (manager: EntityManager): boolean => manager.connection.options.type === 'postgres';

function numbered(sql: string): string {
  let count = 0;
  return sql.replace(/\?/g, () => `$${++count}`);
}
