import { type MigrationInterface, type QueryRunner, Table, TableForeignKey } from 'typeorm';
import { Columns, index } from './columns';

export class CreateRepositories1700000001000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const column = new Columns(runner);
    await runner.createTable(
      new Table({
        name: 'repositories',
        columns: [
          column.text('id', { primary: true }),
          column.text('slug'),
          column.text('identity'),
          column.text('public_url'),
          column.text('fetch_url'),
          column.text('asked_ref', { nullable: true }),
          column.text('asked_dockerfile_path', { nullable: true }),
          column.text('found_ref', { nullable: true }),
          column.text('found_dockerfile_path', { nullable: true }),
          column.text('name'),
          column.text('description'),
          column.text('curated_name', { nullable: true }),
          column.text('curated_description', { nullable: true }),
          column.text('ingested_name', { nullable: true }),
          column.text('ingested_description', { nullable: true }),
          column.text('readme_summary', { nullable: true }),
          column.text('media'),
          column.int('port', { nullable: true }),
          column.text('commit_sha', { nullable: true }),
          column.text('ingest_status'),
          column.text('error_code', { nullable: true }),
          column.text('error_message', { nullable: true }),
          column.int('ingest_attempts'),
          column.text('ingestion_id', { nullable: true }),
          column.bigint('last_ingested_at', { nullable: true }),
          column.text('name_sort'),
          column.text('search_text'),
          column.int('launch_count', { default: 0 }),
          column.bigint('created_at'),
          column.bigint('updated_at'),
        ],
        indices: [
          index('repositories', ['slug'], { unique: true }),
          index('repositories', ['identity'], { unique: true }),
          index('repositories', ['name_sort', 'id']),
          index('repositories', ['ingest_status']),
        ],
      }),
    );
    await runner.createTable(
      new Table({
        name: 'tags',
        columns: [column.sequence(), column.text('key'), column.text('value'), column.text('value_sort')],
        indices: [index('tags', ['key', 'value'], { unique: true }), index('tags', ['key', 'value_sort']), index('tags', ['value_sort'])],
      }),
    );
    const tagId = column.sequence('tag_id');
    tagId.isGenerated = false;
    tagId.generationStrategy = undefined;
    await runner.createTable(
      new Table({
        name: 'repository_tags',
        columns: [column.text('repository_id', { primary: true }), tagId, column.text('source', { primary: true }), column.text('said_by')],
        indices: [index('repository_tags', ['tag_id'])],
        foreignKeys: [
          new TableForeignKey({
            name: 'fk_repository_tags_repository',
            columnNames: ['repository_id'],
            referencedTableName: 'repositories',
            referencedColumnNames: ['id'],
            onDelete: 'CASCADE',
          }),
          new TableForeignKey({
            name: 'fk_repository_tags_tag',
            columnNames: ['tag_id'],
            referencedTableName: 'tags',
            referencedColumnNames: ['id'],
            onDelete: 'CASCADE',
          }),
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('repository_tags');
    await runner.dropTable('tags');
    await runner.dropTable('repositories');
  }
}
