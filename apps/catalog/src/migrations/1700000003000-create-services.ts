import { type MigrationInterface, type QueryRunner, Table, TableForeignKey } from 'typeorm';
import { Columns, index } from './columns';

export class CreateServices1700000003000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const column = new Columns(runner);
    await runner.createTable(
      new Table({
        name: 'services',
        columns: [
          column.text('slug', { primary: true }),
          column.text('name'),
          column.text('kind'),
          column.text('base_url'),
          column.text('instance'),
          column.text('capabilities'),
          column.text('metadata'),
          column.text('status'),
          column.text('status_message'),
          column.bigint('last_checked_at', { nullable: true }),
          column.bigint('last_seen_at'),
          column.bigint('created_at'),
        ],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'health_snapshots',
        columns: [
          column.sequence(),
          column.text('slug'),
          column.text('status'),
          column.text('message'),
          column.int('latency_ms', { nullable: true }),
          column.bigint('at'),
        ],
        indices: [index('health_snapshots', ['slug', 'at']), index('health_snapshots', ['at'])],
        foreignKeys: [
          new TableForeignKey({
            name: 'fk_health_snapshots_service',
            columnNames: ['slug'],
            referencedTableName: 'services',
            referencedColumnNames: ['slug'],
            onDelete: 'CASCADE',
          }),
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('health_snapshots');
    await runner.dropTable('services');
  }
}
