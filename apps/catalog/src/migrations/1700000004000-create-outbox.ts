import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';
import { Columns, index } from './columns';

export class CreateOutbox1700000004000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const column = new Columns(runner);
    await runner.createTable(
      new Table({
        name: 'outbox',
        columns: [
          column.sequence(),
          column.text('kind'),
          column.text('subject'),
          column.text('message_id'),
          column.text('owner'),
          column.text('payload'),
          column.text('traceparent', { nullable: true }),
          column.bigint('created_at'),
          column.bigint('published_at', { nullable: true }),
          column.bigint('stream_seq', { nullable: true }),
        ],
        indices: [
          index('outbox', ['message_id'], { unique: true }),
          // What the relay looks for after each commit: a handful of rows among very many.
          index('outbox', ['published_at'], { where: 'published_at IS NULL' }),
          index('outbox', ['owner']),
          index('outbox', ['kind', 'id']),
        ],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'inbox',
        columns: [column.text('message_id', { primary: true }), column.bigint('applied_at')],
        indices: [index('inbox', ['applied_at'])],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'idempotency_keys',
        columns: [
          column.text('scope', { primary: true }),
          column.text('key', { primary: true }),
          column.text('request_hash'),
          column.text('response'),
          column.bigint('created_at'),
        ],
        indices: [index('idempotency_keys', ['created_at'])],
      }),
    );
    await runner.createTable(new Table({ name: 'hub_state', columns: [column.text('name', { primary: true }), column.text('value')] }));
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['hub_state', 'idempotency_keys', 'inbox', 'outbox']) await runner.dropTable(table);
  }
}
