import {
  appGet, appHistory, appRegister, appRetry, appUpdate, buildJob, eventList, ingestJob, serviceList,
  serviceStarted,
} from '@osiris/contracts'; // prettier-ignore
import { databases, type TestDatabase } from './databases';
import { ingested } from './facts-of';
import { eventually, TestHub } from './hub';
import { Steps } from './steps';

jest.setTimeout(60_000);
const at = (): string => new Date().toISOString();

describe.each(databases)('apps and services on %s', (_name, startDatabase) => {
  let database: TestDatabase;
  let hub: TestHub;
  let steps: Steps;

  beforeAll(async () => {
    database = await startDatabase();
    hub = await TestHub.start(await database.create(), { GIT_ALLOWED_ROOTS: '/srv/demo' });
    steps = new Steps(hub);
  });
  afterAll(async () => {
    await hub.stop();
    await database.end();
  });

  it('is the same app when registered again, and takes another ref for another', async () => {
    const { app, repoUrl } = await steps.register();
    expect(await hub.ask(appRegister, { repoUrl: `${repoUrl}.git` })).toMatchObject({ created: false, app: { id: app.id } });
    const other = await hub.ask(appRegister, { repoUrl, ref: 'dev' });
    expect(other).toMatchObject({ created: true, app: { slug: `${app.slug}-2`, ref: 'dev' } });
    await expect(hub.ask(appRegister, { repoUrl: 'file:///etc' })).rejects.toMatchObject({ code: 'REPO_URL_INVALID' });
    await expect(hub.ask(appRegister, { repoUrl: 'http://127.0.0.1/a/b' })).rejects.toMatchObject({ code: 'HOST_NOT_ALLOWED' });
  });

  it('never shows credentials of a URL', async () => {
    const { app } = await hub.ask(appRegister, { repoUrl: 'https://me:s3cret-pass@example.org/acme/private' });
    const [{ items }, history, found] = await Promise.all([
      hub.ask(eventList, { after: 0, limit: 1000 }),
      hub.ask(appHistory, { id: app.id }),
      hub.search({ q: 'private' }),
    ]);
    expect(JSON.stringify([app, items, history, found])).not.toContain('s3cret-pass');
    const job = (await hub.jobs(ingestJob)).find(({ payload }) => payload.appId === app.id);
    expect(job?.payload.repoUrl).toContain('me:s3cret-pass@');
  });

  it('answers an idempotency key as the first time, and refuses it for another body', async () => {
    const body = { repoUrl: 'https://example.org/acme/once', idempotencyKey: 'k1' };
    const [one, two] = await Promise.all([hub.ask(appRegister, body), hub.ask(appRegister, body)]);
    expect(two).toEqual(one);
    expect(one.created).toBe(true);
    await expect(hub.ask(appRegister, { ...body, name: 'Other' })).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });
  });

  it('keeps what a curator set through the next ingestion', async () => {
    const { app, job } = await steps.register({ tags: ['team:blue'] });
    await ingested(hub, job, { name: 'Authors Name', tags: [{ key: 'lang', value: 'Go', source: 'author', from: 'tags.yaml' }] });
    await eventually(async () => expect((await hub.ask(appGet, { id: app.id })).name).toBe('Authors Name'));
    await hub.ask(appUpdate, { id: app.id, changes: { name: 'Curated', tags: ['team:green', 'lang:Go'] } });
    await hub.ask(appRetry, { id: app.id });
    const again = await eventually(async () => {
      const found = (await hub.jobs(ingestJob)).filter(({ payload }) => payload.appId === app.id).at(-1);
      if (!found || found.payload.ingestionId === job.ingestionId) throw new Error('no job');
      return found.payload;
    });
    await ingested(hub, again, { name: 'Authors Name 2', tags: [{ key: 'lang', value: 'Go', source: 'author', from: 'tags.yaml' }] });
    await eventually(async () => expect((await hub.ask(appGet, { id: app.id })).ingestStatus).toBe('ready'));
    const read = await hub.ask(appGet, { id: app.id });
    expect(read.name).toBe('Curated');
    expect(read.tags.map(({ key, value, source }) => `${key}:${value} ${source}`)).toEqual(['lang:Go author', 'team:green manual']);
    // The same commit is not built twice.
    expect((await hub.jobs(buildJob)).filter(({ payload }) => payload.appId === app.id)).toHaveLength(1);
  });

  it('takes text with what PostgreSQL refuses', async () => {
    const { app, job } = await steps.register();
    await ingested(hub, job, { name: 'Nul\0l', description: 'half a pair: \ud800', tags: [{ key: 'odd', value: 'a\0b', source: 'author', from: 't' }] });
    await eventually(async () => expect(await hub.ask(appGet, { id: app.id })).toMatchObject({ name: 'Null', ingestStatus: 'ready' }));
    await eventually(async () => expect((await hub.search({ q: 'null' })).total).toBe(1));
    await expect(hub.search({ q: 'null\0' })).rejects.toMatchObject({ code: 'QUERY_INVALID' });
    await expect(hub.ask(appGet, { id: 'app_\0' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('keeps the register of services and looks at them', async () => {
    const fact = { at: at(), slug: 'elsewhere', name: 'Elsewhere', kind: 'external', baseUrl: 'http://127.0.0.1:1', instance: 'i1', capabilities: ['x'] };
    await hub.say(serviceStarted, fact);
    await eventually(async () => {
      const { items } = await hub.ask(serviceList, {});
      expect(items.find(({ slug }) => slug === 'elsewhere')).toMatchObject({ status: 'unreachable', statusMessage: 'nobody listens there' });
      expect(items.find(({ slug }) => slug === 'catalog')).toMatchObject({ status: 'healthy' });
      expect(items[0]?.slug).toBe('catalog');
    });
    const changes = async () => (await hub.ask(eventList, { after: 0, limit: 1000 })).items.filter(({ type, subject }) => type === 'service.updated' && subject === 'elsewhere').length;
    const before = await changes();
    await hub.say(serviceStarted, { ...fact, at: at() });
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    expect(await changes()).toBe(before); // looked at several times, unchanged
  });
});
