import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { repositoryKey } from '../repositories/repository-key';
import { Columns, index } from './columns';

const TEXTS = ['dockerfile_choice', 'health_path', 'read_by', 'repository_key', 'attempted_commit_sha', 'check_id'];
const INSTANTS = ['next_check_at', 'checked_at'];
const BATCH = 500;

/** What ingestion says of a reading, when a repository is looked at again, and which webhooks were here before. */
export class AddRefreshAndProvenance1700000006000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const text = isPostgres(runner) ? 'text COLLATE "C"' : 'text';
    // In plain SQL: TypeORM would copy the whole table on SQLite, and the copy's deletion would take all that refers to it.
    await runner.query('ALTER TABLE repository_tags ADD COLUMN confidence real');
    await runner.query(`ALTER TABLE repositories ADD COLUMN ingest_warnings ${text} NOT NULL DEFAULT '[]'`);
    for (const name of TEXTS) await runner.query(`ALTER TABLE repositories ADD COLUMN ${name} ${text}`);
    for (const name of INSTANTS) await runner.query(`ALTER TABLE repositories ADD COLUMN ${name} bigint`);
    await runner.query('ALTER TABLE repositories ADD COLUMN quiet_checks integer NOT NULL DEFAULT 0');
    // Of a hundred thousand imported apps none is ever looked at: they are not in the index.
    await runner.createIndex('repositories', index('repositories', ['next_check_at'], { where: 'next_check_at IS NOT NULL' }));
    await runner.createIndex('repositories', index('repositories', ['repository_key'], { where: 'repository_key IS NOT NULL' }));
    // Imported apps have no ingestion; they stay without a key and are never looked at.
    await runner.query('UPDATE repositories SET next_check_at = updated_at, attempted_commit_sha = commit_sha WHERE ingestion_id IS NOT NULL');
    await keyAll(runner);

    const column = new Columns(runner);
    await runner.createTable(
      new Table({
        name: 'webhook_deliveries',
        columns: [column.text('hash', { primary: true }), column.bigint('expires_at')],
        indices: [index('webhook_deliveries', ['expires_at'])],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('webhook_deliveries');
    for (const name of ['ix_repositories_next_check_at', 'ix_repositories_repository_key']) await runner.query(`DROP INDEX ${name}`);
    for (const name of ['ingest_warnings', 'quiet_checks', ...TEXTS, ...INSTANTS]) await runner.query(`ALTER TABLE repositories DROP COLUMN ${name}`);
    await runner.query('ALTER TABLE repository_tags DROP COLUMN confidence');
  }
}

const isPostgres = (runner: QueryRunner): boolean => runner.connection.options.type === 'postgres';

async function keyAll(runner: QueryRunner): Promise<void> {
  const [one, two] = isPostgres(runner) ? ['$1', '$2'] : ['?', '?'];
  for (let after = ''; ; ) {
    const sql = `SELECT id, public_url FROM repositories WHERE ingestion_id IS NOT NULL AND id > ${one} ORDER BY id LIMIT ${BATCH}`;
    const rows = (await runner.query(sql, [after])) as { id: string; public_url: string }[];
    for (const { id, public_url } of rows) {
      await runner.query(`UPDATE repositories SET repository_key = ${one} WHERE id = ${two}`, [repositoryKey(public_url), id]);
    }
    const last = rows.at(-1);
    if (!last || rows.length < BATCH) return;
    after = last.id;
  }
}
