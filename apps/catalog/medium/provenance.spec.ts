import {
  appGet, appHistory, appRegister, appRetry, appUpdate, buildJob, ingestionCompleted, ingestJob, type IngestJob, launchCreate, repositoryPushed, type Tag,
} from '@osiris/contracts'; // prettier-ignore
import type { z } from 'zod';
import { databases, type TestDatabase } from './databases';
import { built, commitOf } from './facts-of';
import { eventually, TestHub } from './hub';
import { Steps } from './steps';

jest.setTimeout(60_000);

describe.each(databases)('what a reading leaves on %s', (_name, startDatabase) => {
  let database: TestDatabase;
  let hub: TestHub;
  let steps: Steps;

  beforeAll(async () => {
    database = await startDatabase();
    hub = await TestHub.start(await database.create(), { REFRESH: 'off' });
    steps = new Steps(hub);
  });
  afterAll(async () => {
    await hub.stop();
    await database.end();
  });

  const complete = (job: IngestJob, said: Partial<z.input<typeof ingestionCompleted.schema>> = {}) =>
    hub.say(ingestionCompleted, {
      at: new Date().toISOString(), ingestionId: job.ingestionId, appId: job.appId, attempt: job.attempt, delivery: 1, commitSha: commitOf(job.appId), ref: 'main',
      dockerfile: { path: 'docker/Dockerfile', reason: 'it is where people keep it', others: ['web.Dockerfile'] },
      metadata: { name: null, description: null, port: 8080, readmeSummary: null, healthPath: '/healthz' }, tags: [], media: [], warnings: [], readBy: '2026-1', durationMs: 1, ...said,
    }); // prettier-ignore
  const readAgain = async (job: IngestJob): Promise<IngestJob> => (await steps.waitFor(ingestJob, (later) => later.appId === job.appId && later.ingestionId > job.ingestionId)).payload;
  const isReady = (id: string) => eventually(async () => expect((await hub.ask(appGet, { id })).ingestStatus).toBe('ready'));
  const tag = (text: string, source: Tag['source'], from: string, confidence?: number): Tag => ({ key: text.split(':')[0]!, value: text.split(':')[1]!, source, from, confidence });

  it('replaces what was derived before, keeps what a curator set, and believes author before curator before guess', async () => {
    const { app, job } = await steps.register({ tags: ['team:blue'] });
    const next = tag('framework:nextjs', 'auto', 'package.json#dependencies.next (nextjs)', 0.95);
    await complete(job, { tags: [next, tag('topic:sea', 'author', 'tags.yaml'), tag('kind:game', 'auto', 'README.md', 0.6)] });
    await isReady(app.id);
    await hub.ask(appUpdate, { id: app.id, changes: { tags: ['team:blue', 'topic:sea', 'kind:game'] } });
    expect((await hub.ask(appGet, { id: app.id })).tags).toEqual([
      next,
      { key: 'kind', value: 'game', source: 'manual', from: 'curator' },
      { key: 'team', value: 'blue', source: 'manual', from: 'curator' },
      { key: 'topic', value: 'sea', source: 'author', from: 'tags.yaml' },
    ]);
    await hub.ask(appRetry, { id: app.id });
    const again = await readAgain(job);
    expect(again.known).toBeNull();
    await complete(again, { tags: [tag('framework:svelte', 'auto', 'package.json#dependencies.svelte (svelte)', 0.9)] });
    await eventually(async () =>
      expect((await hub.ask(appGet, { id: app.id })).tags.map(({ key, value, source }) => `${key}:${value} ${source}`)).toEqual(['framework:svelte auto', 'kind:game manual', 'team:blue manual', 'topic:sea manual']),
    );
  });

  it('shows warnings and the Dockerfile with its reason, as much as fits beside a hundred other apps', async () => {
    const { app, job } = await steps.register();
    expect(app).toMatchObject({ ingestWarnings: [], dockerfile: null });
    const warning = { code: 'MANIFEST_INVALID' as const, message: 'not JSON', path: 'package.json', line: 3 };
    await complete(job, { warnings: [warning] });
    await isReady(app.id);
    expect(await hub.ask(appGet, { id: app.id })).toMatchObject({
      ingestWarnings: [warning], dockerfilePath: 'docker/Dockerfile', dockerfile: { path: 'docker/Dockerfile', reason: 'it is where people keep it', others: ['web.Dockerfile'], asked: false },
    }); // prettier-ignore
    expect((await hub.ask(appHistory, { id: app.id })).items.find(({ kind, status }) => kind === 'ingestion' && status === 'ready')?.message).toBe(`Read commit ${commitOf(app.id).slice(0, 12)}, with 1 warning`);
    await hub.ask(appRetry, { id: app.id });
    const many = Array.from({ length: 100 }, (_, at) => ({ ...warning, message: 'x'.repeat(500), path: `${'deep/'.repeat(100)}${at}` }));
    await complete(await readAgain(job), { warnings: many, dockerfile: { path: 'Dockerfile', reason: 'y', others: Array.from({ length: 500 }, (_, at) => `${'d/'.repeat(50)}${at}.Dockerfile`) } });
    const shown = await eventually(async () => {
      const now = await hub.ask(appGet, { id: app.id });
      expect(now.dockerfilePath).toBe('Dockerfile');
      return now;
    });
    expect(JSON.stringify(shown).length).toBeLessThan(10_000);
    expect(shown.ingestWarnings.at(-1)?.message).toMatch(/^\d+ more warnings are not listed$/);
    expect(shown.dockerfile?.others.length).toBeGreaterThan(5);
  });

  it('takes the path at which the app says that it is well to the launch', async () => {
    const { app, job } = await steps.register();
    await complete(job);
    const build = await steps.buildJobOf(app.id);
    expect(build.dockerfilePath).toBe('docker/Dockerfile');
    await built(hub, build);
    const launch = await eventually(() => hub.ask(launchCreate, { appId: app.id }));
    expect(await steps.launchJobOf(launch.id)).toMatchObject({ port: 8080, healthPath: '/healthz' });
  });

  it('reads and builds with the Dockerfile that somebody chose, and gives the choice back', async () => {
    const { app, job, repoUrl } = await steps.register();
    await complete(job);
    await isReady(app.id);
    const chosen = await hub.ask(appUpdate, { id: app.id, changes: { dockerfilePath: 'web.Dockerfile' } });
    expect(chosen).toMatchObject({ ingestStatus: 'pending', dockerfilePath: 'web.Dockerfile' });
    const again = await readAgain(job);
    expect(again).toMatchObject({ dockerfilePath: 'web.Dockerfile', known: null });
    await complete(again, { dockerfile: { path: 'web.Dockerfile', reason: 'it was asked for', others: [] } });
    await isReady(app.id);
    expect((await hub.ask(appGet, { id: app.id })).dockerfile).toMatchObject({ path: 'web.Dockerfile', asked: true });
    await steps.waitFor(buildJob, ({ appId, dockerfilePath }) => appId === app.id && dockerfilePath === 'web.Dockerfile');

    // The same repository without a word about its Dockerfile is free to be registered now, and then in the way.
    const { app: other, created } = await hub.ask(appRegister, { repoUrl });
    expect(created).toBe(true);
    await expect(hub.ask(appUpdate, { id: app.id, changes: { dockerfilePath: null } })).rejects.toMatchObject({ code: 'CONFLICT', message: expect.stringContaining(other.slug) as string });
    expect((await hub.ask(appGet, { id: app.id })).ingestStatus).toBe('ready');
    await hub.ask(appUpdate, { id: other.id, changes: { dockerfilePath: 'other.Dockerfile' } });
    expect((await hub.ask(appUpdate, { id: app.id, changes: { dockerfilePath: null } })).ingestStatus).toBe('pending');
    expect((await readAgain(again)).dockerfilePath).toBeNull();
  });

  it('reads anew when asked to, also while a reading waits that would stop at an unchanged commit', async () => {
    const { app, job } = await steps.register();
    await complete(job);
    await isReady(app.id);
    const push = { deliveries: [{ hash: '1'.repeat(64) }], urls: [app.repoUrl], ref: 'refs/heads/main', defaultBranch: 'main' };
    expect(await hub.ask(repositoryPushed, push)).toEqual({ accepted: [app.slug] });
    const pushed = await readAgain(job);
    expect(pushed.known).toEqual({ commitSha: commitOf(app.id), readBy: '2026-1' });
    await hub.ask(appRetry, { id: app.id });
    const anew = await readAgain(pushed);
    expect(anew.known).toBeNull();
    await hub.ask(appRetry, { id: app.id });
    expect((await hub.jobs(ingestJob)).filter(({ payload }) => payload.appId === app.id).at(-1)?.payload.ingestionId).toBe(anew.ingestionId);
  });
});
