import type { MigrationInterface, QueryRunner } from 'typeorm';

const COLUMNS: Readonly<Record<string, string>> = {
  warm: 'integer',
  idle_at: 'bigint',
  restarts: 'integer NOT NULL DEFAULT 0',
  queued_at: 'bigint',
};
/** Looked at every second: what runs and may be idle. */
const IDLE = 'ix_launches_idle';
/** The queue for room: what waits without a job. */
const WAITING = 'ix_launches_waiting';

/** Launches that end when nobody uses them, wait for room, and are started anew. */
export class AddLaunchLife1700000010000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const [name, type] of Object.entries(COLUMNS)) await runner.query(`ALTER TABLE launches ADD COLUMN ${name} ${type}`);
    await runner.query('UPDATE launches SET queued_at = created_at');
    await runner.query(`CREATE INDEX ${IDLE} ON launches (idle_at) WHERE status = 'running'`);
    await runner.query(`CREATE INDEX ${WAITING} ON launches (id) WHERE status = 'pending' AND job_message_id IS NULL`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const name of [IDLE, WAITING]) await runner.query(`DROP INDEX ${name}`);
    for (const name of Object.keys(COLUMNS)) await runner.query(`ALTER TABLE launches DROP COLUMN ${name}`);
  }
}
