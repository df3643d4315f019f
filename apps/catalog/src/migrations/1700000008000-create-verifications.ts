import { type MigrationInterface, type QueryRunner, Table, TableForeignKey } from 'typeorm';
import { Columns, index } from './columns';

/** What was seen when a build's image was started for the first time. */
export class CreateVerifications1700000008000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const column = new Columns(runner);
    await runner.createTable(
      new Table({
        name: 'verifications',
        columns: [
          ...column.leased(),
          column.text('build_id'),
          column.text('image_reference'),
          column.text('status'),
          column.bigint('boot_ms', { nullable: true }),
          column.bigint('memory_bytes', { nullable: true }),
          column.int('port', { nullable: true }),
          column.int('read_only_root', { nullable: true }),
          column.text('screenshot_artifact_id', { nullable: true }),
          column.text('last_lines', { default: `'[]'` }),
          column.bigint('created_at'),
          column.bigint('ended_at', { nullable: true }),
        ],
        indices: [
          index('verifications', ['repository_id']),
          index('verifications', ['build_id'], { unique: true }),
          index('verifications', ['status', 'id'], { where: `status IN ('pending', 'running')` }),
          index('verifications', ['screenshot_artifact_id'], { where: 'screenshot_artifact_id IS NOT NULL' }),
        ],
        foreignKeys: [
          new TableForeignKey({ name: 'fk_verifications_repository', columnNames: ['repository_id'], referencedTableName: 'repositories', referencedColumnNames: ['id'], onDelete: 'CASCADE' }),
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('verifications');
  }
}
