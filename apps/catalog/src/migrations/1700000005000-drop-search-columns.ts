import type { MigrationInterface, QueryRunner } from 'typeorm';
import { index } from './columns';

/** Search reads an index in memory: the columns that LIKE went through are needed no more. */
export class DropSearchColumns1700000005000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // In plain SQL: TypeORM would copy the whole table on SQLite, and the copy's deletion would take all that refers to it.
    for (const name of ['ix_repositories_name_sort_id', 'ix_tags_key_value_sort', 'ix_tags_value_sort']) await runner.query(`DROP INDEX ${name}`);
    await runner.query('ALTER TABLE repositories DROP COLUMN name_sort');
    await runner.query('ALTER TABLE repositories DROP COLUMN search_text');
    await runner.query('ALTER TABLE tags DROP COLUMN value_sort');
  }

  /** What the columns held is worked out again, so that the version before finds its apps. */
  async down(runner: QueryRunner): Promise<void> {
    const isPostgres = runner.connection.options.type === 'postgres';
    const text = isPostgres ? `text COLLATE "C" NOT NULL DEFAULT ''` : `text NOT NULL DEFAULT ''`;
    await runner.query(`ALTER TABLE repositories ADD COLUMN name_sort ${text}`);
    await runner.query(`ALTER TABLE repositories ADD COLUMN search_text ${text}`);
    await runner.query(`ALTER TABLE tags ADD COLUMN value_sort ${text}`);
    const join = isPostgres ? `string_agg(t.value, chr(10))` : `group_concat(t.value, char(10))`;
    const newline = isPostgres ? 'chr(10)' : 'char(10)';
    const tags = `(SELECT ${join} FROM repository_tags rt JOIN tags t ON t.id = rt.tag_id WHERE rt.repository_id = repositories.id)`;
    await runner.query(
      `UPDATE repositories SET name_sort = lower(name), search_text = lower(name || ${newline} || slug || ${newline} || description || ${newline} || coalesce(${tags}, ''))`,
    );
    await runner.query('UPDATE tags SET value_sort = lower(value)');
    if (isPostgres) {
      for (const [table, column] of [['repositories', 'name_sort'], ['repositories', 'search_text'], ['tags', 'value_sort']] as const) {
        await runner.query(`ALTER TABLE ${table} ALTER COLUMN ${column} DROP DEFAULT`);
      }
    }
    await runner.createIndex('repositories', index('repositories', ['name_sort', 'id']));
    await runner.createIndex('tags', index('tags', ['key', 'value_sort']));
    await runner.createIndex('tags', index('tags', ['value_sort']));
  }
}
