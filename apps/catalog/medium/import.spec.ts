import { appDelete, appGet, appImport, eventList, ingestJob, type ImportedApp } from '@osiris/contracts';
import { databases, type TestDatabase } from './databases';
import { eventually, pause, TestHub } from './hub';

jest.setTimeout(60_000);

const anApp = (name: string, more: Partial<ImportedApp> = {}): ImportedApp => ({
  slug: `corpus/${name}`,
  name,
  description: `What ${name} does`,
  readme: '',
  tags: [{ key: 'lang', value: 'Go' }, { key: 'kind', value: name }], // prettier-ignore
  launches: 3,
  createdAt: '2024-05-06T07:08:09.000Z',
  status: 'ready',
  ...more,
});

describe.each(databases)('an import on %s', (_name, startDatabase) => {
  let database: TestDatabase;
  let hub: TestHub;

  beforeAll(async () => {
    database = await startDatabase();
    hub = await TestHub.start(await database.create());
  });
  afterAll(async () => {
    await hub.stop();
    await database.end();
  });

  it('takes what is new, skips what is there, and asks no worker', async () => {
    const apps = [anApp('one', { readme: 'Long\0 text' }), anApp('two', { id: 'app_0000000000' }), anApp('two')];
    expect(await hub.ask(appImport, { apps })).toEqual({ imported: 2, skipped: 1 });
    expect(await hub.ask(appImport, { apps: [...apps, anApp('three')] })).toEqual({ imported: 1, skipped: 3 });
    expect(await hub.ask(appGet, { id: 'corpus/two' })).toMatchObject({
      id: 'app_0000000000', name: 'two', description: 'What two does', repoUrl: 'https://seed.invalid/corpus/two.git', ingestStatus: 'ready',
      popularity: { launches: 3, launches7d: 0 }, createdAt: '2024-05-06T07:08:09.000Z', launchable: false,
    }); // prettier-ignore
    expect((await hub.ask(appGet, { id: 'corpus/one' })).tags.map(({ key, value }) => `${key}:${value}`)).toEqual(['kind:one', 'lang:Go']);
    await pause(1_200); // two sweeps
    expect(await hub.jobs(ingestJob)).toEqual([]);
    expect((await hub.ask(eventList, { after: 0, limit: 1_000 })).items.filter(({ type }) => type.startsWith('app.'))).toEqual([]);
  });

  it('is found by a search, and deleted like any other', async () => {
    await hub.ask(appImport, { apps: [anApp('ephemeral')] });
    await eventually(async () => expect((await hub.search({ q: 'ephemeral' })).total).toBe(1));
    await hub.ask(appDelete, { id: 'corpus/ephemeral' });
    await eventually(async () => expect((await hub.search({ q: 'ephemeral' })).total).toBe(0));
  });

  it('takes thousands in one call', async () => {
    const apps = Array.from({ length: 2_000 }, (_, at) => anApp(`many-${at}`, { description: '' }));
    expect(await hub.ask(appImport, { apps })).toEqual({ imported: 2_000, skipped: 0 });
    expect((await hub.ask(appGet, { id: 'corpus/many-1999' })).tags).toHaveLength(2);
  });
});
