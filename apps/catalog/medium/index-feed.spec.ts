import { appDelete, appGet, appImport, appUpdate } from '@osiris/contracts';
import { Health } from '@osiris/service-kit';
import { Database } from '../src/database/database';
import { newId } from '../src/identifiers';
import { LaunchEntity } from '../src/launches/launch.entity';
import { OutboxEntity } from '../src/outbox/outbox.entity';
import { writeState } from '../src/outbox/hub-state';
import { RepositoryEntity } from '../src/repositories/repository.entity';
import { IndexFeed } from '../src/search/index-feed';
import { PopularityDecay } from '../src/search/popularity-decay';
import { ServingIndex } from '../src/search/serving-index';
import { anApp } from './an-app';
import { databases, type TestDatabase } from './databases';
import { eventually, pause, TestHub } from './hub';

jest.setTimeout(60_000);
const DAY_MS = 24 * 3_600_000;

describe.each(databases)('the index follows the database on %s', (_name, startDatabase) => {
  let home: TestDatabase;
  let hub: TestHub;
  let count = 0;

  beforeAll(async () => {
    home = await startDatabase();
    hub = await TestHub.start(await home.create());
  });
  afterAll(async () => {
    await hub.stop();
    await home.end();
  });

  const found = async (q: string): Promise<string[]> => (await hub.search({ q })).items.map(({ slug }) => slug);
  const database = (): Database => hub.catalog.app.get(Database);
  const isFound = (q: string, expected: string[]): Promise<void> => eventually(async () => expect(await found(q)).toEqual(expected));
  /** A word that no other app has. */
  const word = (): string => `w${(++count).toString(36)}${'qxzjkvw'.slice(count % 7)}${Date.now().toString(36).slice(-4)}`;

  async function add(name = word()): Promise<{ id: string; slug: string; name: string }> {
    const slug = `feed/${name.replaceAll(' ', '-')}`;
    await hub.ask(appImport, { apps: [anApp(slug, { name })] });
    await isFound(`"${name}"`, [slug]);
    return { id: (await hub.ask(appGet, { id: slug })).id, slug, name };
  }
  async function launch(repositoryId: string, createdAt: number): Promise<void> {
    await database().write(async ({ manager }) => {
      await manager.insert(LaunchEntity, {
        id: newId('lch'), repositoryId, attempt: 1, buildId: newId('bld'), imageReference: 'i', status: 'stopped', profile: 'small', createdAt, expiresAt: createdAt, restarts: 0,
      }); // prettier-ignore
      await manager.increment(RepositoryEntity, { id: repositoryId }, 'launchCount', 1);
    });
  }
  /** As another catalog commits it: nobody here is told. */
  async function changeElsewhere(id: string, name: string, event: boolean): Promise<void> {
    await database().write(async ({ manager, now }) => {
      await manager.update(RepositoryEntity, { id }, { name });
      if (!event) return;
      const messageId = newId('evt');
      await manager.insert(OutboxEntity, {
        kind: 'event', subject: 'changes.app.v1', messageId, owner: id, traceparent: null, createdAt: now, publishedAt: null, streamSeq: null,
        payload: JSON.stringify({ specversion: '1.0', id: messageId, source: '/catalog', type: 'app.updated', subject: id, time: new Date(now).toISOString(), data: {} }),
      }); // prettier-ignore
    });
  }

  it('shows a change in what is found at once, and soon finds it by its new words', async () => {
    const app = await add();
    for (let turn = 0; turn < 10; turn++) {
      const name = word();
      await hub.ask(appUpdate, { id: app.id, changes: { name } });
      expect((await hub.search({ q: 'owner:feed', limit: 100 })).items.find(({ id }) => id === app.id)?.name).toBe(name);
      while ((await found(`"${name}"`)).length === 0) await pause(2);
    }
  });

  it('finds no longer what was deleted', async () => {
    const app = await add();
    await hub.ask(appDelete, { id: app.id });
    expect((await hub.search({ q: app.name })).items).toEqual([]); // at once
    await eventually(async () => expect((await hub.search({ q: app.name })).total).toBe(0));
  });

  it('sees within a second what another process has committed', async () => {
    const app = await add();
    const name = word();
    await changeElsewhere(app.id, name, true);
    await isFound(`"${name}"`, [app.slug]);
    expect((await hub.search({ q: name })).items[0]?.name).toBe(name);
  });

  it('is built anew where events were removed before they were seen, and after another process has imported', async () => {
    const app = await add();
    const [one, two] = [word(), word()];
    await changeElsewhere(app.id, one, false);
    await pause(700);
    expect(await found(`"${one}"`)).toEqual([]);
    await database().write(({ manager }) => writeState(manager, 'events.prunedThrough', '1000000'));
    await isFound(`"${one}"`, [app.slug]);
    await changeElsewhere(app.id, two, false);
    await database().write(({ manager }) => writeState(manager, 'catalogue.imports', '1000000'));
    await isFound(`"${two}"`, [app.slug]);
    await database().write(async ({ manager }) => {
      await writeState(manager, 'events.prunedThrough', '0');
    });
  });

  it('serves while it is built anew', async () => {
    const app = await add();
    const feed = hub.catalog.app.get(IndexFeed);
    for (let turn = 0; turn < 3; turn++) {
      feed.rebuild();
      for (let asked = 0; asked < 20; asked++) expect(await found(`"${app.name}"`)).toEqual([app.slug]);
    }
  });

  it('comes back when its thread dies', async () => {
    const app = await add();
    const index = hub.catalog.app.get(ServingIndex) as unknown as { thread: { worker: { terminate(): Promise<number> } } };
    await index.thread.worker.terminate();
    await isFound(`"${app.name}"`, [app.slug]);
    const name = word();
    await hub.ask(appUpdate, { id: app.id, changes: { name } });
    await isFound(`"${name}"`, [app.slug]);
  });

  it('ranks by launches of the last seven days, which fade, then by all; also after a restart', async () => {
    const common = word();
    const [old, recent] = [await add(`${common} a`), await add(`${common} b`)];
    const now = Date.now();
    for (let times = 0; times < 3; times++) await launch(old.id, now - 8 * DAY_MS);
    await launch(recent.id, now - 7 * DAY_MS + 60_000);
    await hub.restartCatalog();
    await isFound(common, [recent.slug, old.slug]);
    expect((await hub.search({ q: common })).items[0]?.popularity).toEqual({ launches: 1, launches7d: 1 });
    // An hour later its one launch is older than seven days.
    const clock = jest.spyOn(Date, 'now').mockImplementation(() => now + 3_600_000);
    try {
      await hub.catalog.app.get(PopularityDecay).look();
      await isFound(common, [old.slug, recent.slug]);
      expect((await hub.search({ q: common })).items[1]?.popularity).toEqual({ launches: 1, launches7d: 0 });
    } finally {
      clock.mockRestore();
    }
  });

  it('asks the database for nothing where a page is shown again', async () => {
    await add();
    const first = await hub.search({ q: 'owner:feed' });
    await database().write(async ({ manager }) => {
      // On SQLite any query waits for this transaction; on PostgreSQL one of these tables does.
      if (database().isPostgres) await manager.query('LOCK TABLE repositories, tags, repository_tags, builds, launches IN ACCESS EXCLUSIVE MODE');
      const again = await hub.search({ q: 'owner:feed' });
      expect(again.items).toEqual(first.items);
    });
  });
});

describe('an index on its way', () => {
  const logger = { info: () => undefined, error: () => undefined } as never;

  it('says how far it is, has questions wait, and answers them once it serves', async () => {
    const health = new Health();
    const index = new ServingIndex(health, logger);
    index.onModuleInit();
    try {
      let go = (): void => undefined;
      const held = new Promise<void>((resolve) => (go = resolve));
      const document = { id: 'app_1', slug: 'a/b', name: 'Chess', description: '', readme: '', tags: [], status: 'ready', popularity: 0, createdAt: 0 };
      const built = index.build(2, (async function* () {
        yield [document];
        await held;
        yield [{ ...document, id: 'app_2' }];
      })()); // prettier-ignore
      const question = index.suggest('che', 5);
      await eventually(async () => expect((await health.readiness('catalog')).dependencies['search']).toMatchObject({ status: 'down', message: 'building the index: 1 of 2' }));
      go();
      expect((await question).map(({ id }) => id)).toEqual(['app_1', 'app_2']);
      await built;
      expect(await health.readiness('catalog')).toMatchObject({ status: 'ready', dependencies: { search: { status: 'up', message: expect.stringMatching(/^2 apps in 1 segments, built in \d+ ms$/) } } });
    } finally {
      await index.onApplicationShutdown();
    }
  });

  it('does not have questions wait for ever', async () => {
    const index = new ServingIndex(new Health(), logger);
    try {
      await expect(index.suggest('che', 5)).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE', message: 'The search index is being built (about to begin). Try again in a moment.' });
    } finally {
      await index.onApplicationShutdown();
    }
  }, 10_000);
});
