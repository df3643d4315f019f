import type { MigrationInterface, QueryRunner } from 'typeorm';
import { inputsKey } from '../builds/inputs-key';
import { index } from './columns';

const TEXTS: Readonly<Record<string, readonly string[]>> = {
  builds: ['inputs_key', 'target', 'watches', 'reused_build_id', 'failure', 'log_lines_artifact_id', 'bases'],
  images: ['config'],
  repositories: ['build_target'],
  artifacts: ['content_encoding'],
};
const BATCH = 500;

const WAITING = `status = 'pending' AND job_message_id IS NULL AND watches IS NULL`;
const indices = [
  // The queue: what waits for its turn, app by app, and what counts against an app.
  { table: 'builds', is: { ...index('builds', ['repository_id', 'id'], { where: WAITING }), name: 'ix_builds_waiting' } },
  { table: 'builds', is: { ...index('builds', ['repository_id'], { where: `status = 'running'` }), name: 'ix_builds_running' } },
  { table: 'builds', is: { ...index('builds', ['repository_id'], { where: `status = 'pending' AND job_message_id IS NOT NULL` }), name: 'ix_builds_offered' } },
  { table: 'builds', is: index('builds', ['repository_id', 'dispatched_at']) },
  { table: 'builds', is: index('builds', ['inputs_key', 'status']) },
  { table: 'builds', is: index('builds', ['watches'], { where: 'watches IS NOT NULL' }) },
  { table: 'images', is: index('images', ['reference']) },
  { table: 'images', is: index('images', ['digest']) },
  { table: 'artifacts', is: index('artifacts', ['created_at']) },
  { table: 'artifacts', is: { ...index('artifacts', ['repository_id', 'created_at'], { where: `kind = 'bill-of-materials'` }), name: 'ix_artifacts_bills' } },
] as const;

/** Builds that wait for their turn, watch each other and are not done twice; images and artifacts that are not kept for ever. */
export class AddBuildQueueAndHousekeeping1700000007000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const text = isPostgres(runner) ? 'text COLLATE "C"' : 'text';
    // In plain SQL: TypeORM would copy the whole table on SQLite, and the copy's deletion would take all that refers to it.
    for (const [table, names] of Object.entries(TEXTS)) {
      for (const name of names) await runner.query(`ALTER TABLE ${table} ADD COLUMN ${name} ${text}`);
    }
    await runner.query(`ALTER TABLE builds ADD COLUMN args ${text} NOT NULL DEFAULT '{}'`);
    await runner.query('ALTER TABLE builds ADD COLUMN no_cache integer NOT NULL DEFAULT 0');
    await runner.query('ALTER TABLE builds ADD COLUMN dispatched_at bigint');
    await runner.query('ALTER TABLE images ADD COLUMN removed_at bigint');
    await runner.query(`ALTER TABLE repositories ADD COLUMN build_args ${text} NOT NULL DEFAULT '{}'`);
    // Until now each build's job went out at once.
    await runner.query('UPDATE builds SET dispatched_at = queued_at WHERE job_message_id IS NOT NULL');
    await keyAll(runner);
    for (const { table, is } of indices) await runner.query(createIndex(table, is));
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const { is } of indices) await runner.query(`DROP INDEX ${is.name}`);
    for (const [table, names] of Object.entries(TEXTS)) {
      for (const name of names) await runner.query(`ALTER TABLE ${table} DROP COLUMN ${name}`);
    }
    for (const name of ['args', 'no_cache', 'dispatched_at']) await runner.query(`ALTER TABLE builds DROP COLUMN ${name}`);
    await runner.query('ALTER TABLE images DROP COLUMN removed_at');
    await runner.query('ALTER TABLE repositories DROP COLUMN build_args');
  }
}

const isPostgres = (runner: QueryRunner): boolean => runner.connection.options.type === 'postgres';

/** TypeORM knows an index by its columns: two over the same ones, of different rows, it takes for one. */
function createIndex(table: string, { name, columnNames, where }: { name?: string; columnNames: readonly string[]; where?: string }): string {
  return `CREATE INDEX ${name} ON ${table} (${columnNames.join(', ')})${where ? ` WHERE ${where}` : ''}`;
}

/** What was built before is found by its inputs too: an app that is read anew is not built again for that. */
async function keyAll(runner: QueryRunner): Promise<void> {
  const [one, two] = isPostgres(runner) ? ['$1', '$2'] : ['?', '?'];
  for (let after = ''; ; ) {
    const sql = `SELECT id, commit_sha, dockerfile_path FROM builds WHERE id > ${one} ORDER BY id LIMIT ${BATCH}`;
    const rows = (await runner.query(sql, [after])) as { id: string; commit_sha: string; dockerfile_path: string }[];
    for (const { id, commit_sha: commitSha, dockerfile_path: dockerfilePath } of rows) {
      await runner.query(`UPDATE builds SET inputs_key = ${one} WHERE id = ${two}`, [inputsKey({ commitSha, dockerfilePath, target: null, args: {} }), id]);
    }
    const last = rows.at(-1);
    if (!last || rows.length < BATCH) return;
    after = last.id;
  }
}
