import { type MigrationInterface, type QueryRunner, Table, TableForeignKey } from 'typeorm';
import { Columns, index } from './columns';

/** All that happens to a repository goes with it. */
const ofRepository = (table: string): TableForeignKey =>
  new TableForeignKey({
    name: `fk_${table}_repository`,
    columnNames: ['repository_id'],
    referencedTableName: 'repositories',
    referencedColumnNames: ['id'],
    onDelete: 'CASCADE',
  });

export class CreateLifecycles1700000002000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const column = new Columns(runner);
    await runner.createTable(
      new Table({
        name: 'ingestions',
        columns: [
          ...column.leased(),
          column.text('status'),
          column.text('phase'),
          column.int('deliveries'),
          column.text('commit_sha', { nullable: true }),
          column.bigint('queued_at'),
          column.bigint('started_at', { nullable: true }),
          column.bigint('completed_at', { nullable: true }),
        ],
        indices: [index('ingestions', ['repository_id']), index('ingestions', ['status'])],
        foreignKeys: [ofRepository('ingestions')],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'ingestion_events',
        columns: [
          column.sequence(),
          column.text('ingestion_id'),
          column.text('repository_id'),
          column.text('status'),
          column.text('phase'),
          column.text('message'),
          column.int('attempt'),
          column.text('commit_sha', { nullable: true }),
          column.text('error_code', { nullable: true }),
          column.int('duration_ms', { nullable: true }),
          column.bigint('at'),
        ],
        indices: [index('ingestion_events', ['repository_id', 'id'])],
        foreignKeys: [ofRepository('ingestion_events')],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'builds',
        columns: [
          ...column.leased(),
          column.text('status'),
          column.text('commit_sha'),
          column.text('dockerfile_path'),
          column.text('ports'),
          column.bigint('log_bytes'),
          column.int('log_lines'),
          column.text('log_artifact_id', { nullable: true }),
          column.bigint('queued_at'),
          column.bigint('started_at', { nullable: true }),
          column.bigint('completed_at', { nullable: true }),
          column.bigint('duration_ms', { nullable: true }),
        ],
        indices: [index('builds', ['repository_id', 'id']), index('builds', ['status'])],
        foreignKeys: [ofRepository('builds')],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'images',
        columns: [
          column.text('build_id', { primary: true }),
          column.text('repository_id'),
          column.text('reference'),
          column.text('digest'),
          column.bigint('bytes'),
          column.bigint('created_at'),
        ],
        indices: [index('images', ['repository_id'])],
        foreignKeys: [ofRepository('images')],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'artifacts',
        columns: [
          column.text('id', { primary: true }),
          column.text('kind'),
          column.text('repository_id'),
          column.text('ingestion_id', { nullable: true }),
          column.text('build_id', { nullable: true }),
          column.text('launch_id', { nullable: true }),
          column.text('object_key'),
          column.text('content_type'),
          column.bigint('bytes'),
          column.text('sha256'),
          column.bigint('created_at'),
        ],
        indices: [index('artifacts', ['repository_id']), index('artifacts', ['build_id']), index('artifacts', ['launch_id'])],
        foreignKeys: [ofRepository('artifacts')],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'launches',
        columns: [
          ...column.leased(),
          column.text('build_id'),
          column.text('image_reference'),
          column.text('status'),
          column.text('stop_reason', { nullable: true }),
          column.text('profile'),
          column.text('runner_id', { nullable: true }),
          column.text('container_id', { nullable: true }),
          column.int('port', { nullable: true }),
          column.int('exit_code', { nullable: true }),
          column.bigint('created_at'),
          column.bigint('started_at', { nullable: true }),
          column.bigint('ended_at', { nullable: true }),
          column.bigint('expires_at'),
          column.bigint('queued_ms', { nullable: true }),
          column.bigint('start_ms', { nullable: true }),
          column.bigint('ready_ms', { nullable: true }),
        ],
        indices: [
          index('launches', ['repository_id', 'id']),
          index('launches', ['status', 'expires_at']),
          index('launches', ['created_at']),
        ],
        foreignKeys: [ofRepository('launches')],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['launches', 'artifacts', 'images', 'builds', 'ingestion_events', 'ingestions']) await runner.dropTable(table);
  }
}
