import { appRegister, ingestJob, repositoryPushed, type RepositoryPush } from '@osiris/contracts';
import { createHash } from 'node:crypto';
import { Database } from '../src/database/database';
import { Pruning } from '../src/outbox/pruning';
import { WebhookDeliveryEntity } from '../src/webhooks/webhook-delivery.entity';
import { databases, type TestDatabase } from './databases';
import { ingested } from './facts-of';
import { eventually, TestHub } from './hub';
import { Steps } from './steps';

jest.setTimeout(60_000);
const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

describe.each(databases)('pushes on %s', (_name, startDatabase) => {
  let database: TestDatabase;
  let hub: TestHub;
  let steps: Steps;
  let count = 0;

  beforeAll(async () => {
    database = await startDatabase();
    hub = await TestHub.start(await database.create(), { REFRESH: 'off' });
    steps = new Steps(hub);
  });
  afterAll(async () => {
    await hub.stop();
    await database.end();
  });

  /** An app whose first reading is over. */
  async function readApp(repoUrl: string, more: { ref?: string; dockerfilePath?: string } = {}): Promise<string> {
    const { app } = await hub.ask(appRegister, { repoUrl, ...more });
    const { payload } = await steps.waitFor(ingestJob, (job) => job.appId === app.id);
    await ingested(hub, payload);
    await eventually(async () => expect((await hub.ask(appRegister, { repoUrl, ...more })).app.ingestStatus).toBe('ready'));
    return app.slug;
  }
  const push = (url: string, more: Partial<RepositoryPush> = {}) =>
    hub.ask(repositoryPushed, { deliveries: [{ hash: hashOf(`delivery ${++count}`) }], urls: [url], ref: 'refs/heads/main', defaultBranch: 'main', ...more });
  const readings = async (slug: string) => (await hub.jobs(ingestJob)).filter(({ payload }) => payload.slug === slug).length;

  it('have every app read that follows the ref, however its address is spelled', async () => {
    const url = 'https://github.com/acme/many';
    const apps = {
      main: await readApp(`https://user:token@GitHub.com/Acme/Many.git`),
      sub: await readApp(url, { dockerfilePath: 'sub/Dockerfile' }),
      dev: await readApp(url, { ref: 'dev' }),
      tag: await readApp('git@github.com:acme/many.git', { ref: 'v1' }),
    };
    const urls = ['https://github.com/acme/many.git', 'git@github.com:acme/many.git', 'nonsense', 'javascript:alert(1)', 'file:///etc'];
    expect((await push('', { urls })).accepted.sort()).toEqual([apps.main, apps.sub].sort());
    expect((await push('', { urls, ref: 'refs/heads/dev' })).accepted).toEqual([apps.dev]);
    expect((await push('', { urls, ref: 'refs/tags/v1' })).accepted).toEqual([apps.tag]);
    expect(await push('', { urls, ref: 'refs/heads/other' })).toEqual({ accepted: [], ignored: 'ref' });
    await eventually(async () => expect(await Promise.all(Object.values(apps).map(readings))).toEqual([2, 2, 2, 2]));
  });

  it('do nothing the second time, under either of their keys', async () => {
    const url = 'https://example.org/acme/once';
    const slug = await readApp(url);
    const [body, id] = [{ hash: hashOf('a body') }, { hash: hashOf('an id') }];
    expect((await push(url, { deliveries: [body, id] })).accepted).toEqual([slug]);
    for (const deliveries of [[body, id], [body, { hash: hashOf('another id') }], [{ hash: hashOf('another body') }, id]]) {
      expect(await push(url, { deliveries })).toEqual({ accepted: [], ignored: 'replay' });
    }
    await eventually(async () => expect(await readings(slug)).toBe(2));
  });

  it('of a repository that is not here are not known, and count once it is', async () => {
    const url = 'https://example.org/acme/later';
    const deliveries = [{ hash: hashOf('early') }];
    await expect(push(url, { deliveries })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(push('', { urls: [] })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const slug = await readApp(url);
    expect((await push(url, { deliveries })).accepted).toEqual([slug]);
  });

  it('leave an app that waits to be read to that', async () => {
    const repoUrl = 'https://example.org/acme/waits';
    const { app } = await hub.ask(appRegister, { repoUrl });
    expect((await push(repoUrl)).accepted).toEqual([app.slug]);
    await eventually(async () => expect(await readings(app.slug)).toBe(1));
  });

  it('are forgotten in their time', async () => {
    const url = 'https://example.org/acme/forgotten';
    const slug = await readApp(url);
    const delivery = { hash: hashOf('short'), keptSeconds: 1 };
    await push(url, { deliveries: [delivery] });
    const tables = hub.catalog.app.get(Database);
    await tables.write((tx) => tx.manager.update(WebhookDeliveryEntity, { hash: delivery.hash }, { expiresAt: Date.now() - 1 }));
    // Known no more, and remembered anew.
    expect((await push(url, { deliveries: [delivery] })).accepted).toEqual([slug]);
    expect((await push(url, { deliveries: [delivery] })).ignored).toBe('replay');
    await tables.write((tx) => tx.manager.update(WebhookDeliveryEntity, { hash: delivery.hash }, { expiresAt: Date.now() - 1 }));
    const before = await tables.read((manager) => manager.count(WebhookDeliveryEntity));
    await hub.catalog.app.get(Pruning).prune();
    expect(await tables.read((manager) => manager.count(WebhookDeliveryEntity))).toBe(before - 1);
  });
});
