import 'reflect-metadata';
import type { DataSource } from 'typeorm';
import { dataSourceFor } from '../src/database/data-source';
import { databases, type TestDatabase } from './databases';

jest.setTimeout(60_000);

describe.each(databases)('migrations on %s', (_name, start) => {
  let database: TestDatabase;
  let source: DataSource;

  beforeAll(async () => (database = await start()));
  afterAll(() => database.end());
  beforeEach(async () => (source = await dataSourceFor(await database.create(), '/nowhere').initialize()));
  afterEach(() => source.destroy());

  async function fill(): Promise<void> {
    await source.query(
      `INSERT INTO repositories (id, slug, identity, public_url, fetch_url, name, description, media, ingest_status, ingest_attempts, created_at, updated_at)
       VALUES ('app_1', 'a/b', 'x', 'u', 'u', 'B', '', '[]', 'ready', 1, 1700000000000, 1700000000000)`,
    );
    await source.query(`INSERT INTO tags (key, value) VALUES ('lang', 'Go')`);
    const [tag] = (await source.query('SELECT id FROM tags')) as { id: number }[];
    await source.query(`INSERT INTO repository_tags (repository_id, tag_id, source, said_by) VALUES ('app_1', ${tag?.id}, 'manual', 'x')`);
    await source.query(
      `INSERT INTO launches (id, repository_id, attempt, build_id, image_reference, status, profile, created_at, expires_at)
       VALUES ('lch_1', 'app_1', 1, 'bld_1', 'i', 'running', 'small', 1700000000000, 1700000000000)`,
    );
    await source.query(
      `INSERT INTO services (slug, name, kind, base_url, instance, capabilities, metadata, status, status_message, last_seen_at, created_at)
       VALUES ('runner', 'Runner', 'hub', 'http://x', 'i', '[]', '{}', 'healthy', '', 1, 1)`,
    );
    await source.query(`INSERT INTO health_snapshots (slug, status, message, at) VALUES ('runner', 'healthy', '', 1)`);
    await source.query(`INSERT INTO outbox (kind, subject, message_id, owner, payload, created_at) VALUES ('job', 's', 'm', 'o', '{}', 1)`);
  }

  async function tables(): Promise<string[]> {
    const rows = (await source.query(
      source.options.type === 'postgres'
        ? `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'`
        : `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`,
    )) as { name: string }[];
    return rows.map(({ name }) => name).filter((name) => name !== 'migrations').sort();
  }

  it('go up, down with rows in the tables, and up again', async () => {
    await source.runMigrations();
    const all = await tables();
    expect(all).toEqual(expect.arrayContaining(['repositories', 'tags', 'repository_tags', 'ingestion_events', 'builds', 'images',
      'artifacts', 'launches', 'services', 'health_snapshots', 'outbox', 'inbox', 'idempotency_keys'])); // prettier-ignore
    await fill();
    for (let step = source.migrations.length; step > 0; step--) await source.undoLastMigration();
    expect(await tables()).toEqual([]);
    await source.runMigrations();
    expect(await tables()).toEqual(all);
    await fill();
  });

  it('give the version before what it searches by', async () => {
    await source.runMigrations();
    await fill();
    while ((await source.query('SELECT name FROM migrations')).some(({ name }: { name: string }) => name === 'DropSearchColumns1700000005000')) await source.undoLastMigration();
    expect(await source.query('SELECT name_sort, search_text FROM repositories')).toEqual([{ name_sort: 'b', search_text: 'b\na/b\n\ngo' }]);
    expect(await source.query('SELECT value_sort FROM tags')).toEqual([{ value_sort: 'go' }]);
    expect(await source.query('SELECT id FROM launches')).toHaveLength(1);
    await source.runMigrations();
    expect(await source.query('SELECT id FROM launches')).toHaveLength(1);
    expect(await source.query('SELECT tag_id FROM repository_tags')).toHaveLength(1);
  });

  it('say what the entities say', async () => {
    await source.runMigrations();
    const runner = source.createQueryRunner();
    for (const { tableName, columns } of source.entityMetadatas) {
      const table = await runner.getTable(tableName);
      expect([tableName, table?.columns.map(({ name, isNullable }) => `${name} ${isNullable}`).sort()]).toEqual([
        tableName,
        columns.map(({ databaseName, isNullable }) => `${databaseName} ${isNullable}`).sort(),
      ]);
    }
    await runner.release();
  });

  it('take an app with all that is its own', async () => {
    await source.runMigrations();
    await fill();
    await source.query(`DELETE FROM repositories WHERE id = 'app_1'`);
    expect(await source.query('SELECT * FROM launches')).toEqual([]);
    expect(await source.query('SELECT * FROM repository_tags')).toEqual([]);
  });

  it('never give a sequence number twice', async () => {
    await source.runMigrations();
    await fill();
    const before = ((await source.query('SELECT id FROM outbox')) as { id: number }[])[0]?.id;
    await source.query('DELETE FROM outbox');
    await source.query(`INSERT INTO outbox (kind, subject, message_id, owner, payload, created_at) VALUES ('job', 's', 'n', 'o', '{}', 1)`);
    expect(Number(((await source.query('SELECT id FROM outbox')) as { id: number }[])[0]?.id)).toBeGreaterThan(Number(before));
  });
});
