import {
  appDelete, appGet, appHistory, appRegister, artifactRemovalJob, artifactStored, buildCancel, buildCreate, buildGet,
  buildJob, eventList, imageRemovalJob, ingestionFailed, launchCreate, launchEnded, launchExtend, launchGet,
  launchList, launchReconcile, launchStop, stopJob,
} from '@osiris/contracts'; // prettier-ignore
import { Database } from '../src/database/database';
import { OutboxEntity } from '../src/outbox/outbox.entity';
import { databases, type TestDatabase } from './databases';
import { built, commitOf, ingested, running } from './facts-of';
import { eventually, TestHub } from './hub';
import { Steps } from './steps';

jest.setTimeout(60_000);
const at = (): string => new Date().toISOString();

describe.each(databases)('the main job on %s', (_name, startDatabase) => {
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

  it('registers, ingests, builds, launches, stops, and tells of each step', async () => {
    const { app, job, repoUrl } = await steps.register({ tags: ['team:red'] });
    expect(app).toMatchObject({ slug: repoUrl.slice('https://example.org/'.length), ingestStatus: 'pending', tags: [{ key: 'team', value: 'red', source: 'manual' }] });
    expect(job).toMatchObject({ repoUrl, attempt: 1, ref: null });
    await ingested(hub, job, { name: 'First App', tags: [{ key: 'lang', value: 'Go', source: 'auto', from: 'go.mod' }] });
    const build = await steps.buildJobOf(app.id);
    expect(build).toMatchObject({ commitSha: commitOf(app.id), dockerfilePath: 'Dockerfile', repoUrl });
    await built(hub, build);
    await eventually(async () => expect((await hub.ask(appGet, { id: app.slug })).latestBuild?.status).toBe('succeeded'));
    const read = await hub.ask(appGet, { id: app.id });
    expect(read).toMatchObject({ name: 'First App', description: 'From the README', commitSha: commitOf(app.id), ingestStatus: 'ready', ingestAttempts: 1 });
    expect(read.latestBuild).toMatchObject({ log: { url: `/builds/${build.buildId}/log`, bytes: 20, lines: 2 }, image: { bytes: 5 } });

    const launch = await hub.ask(launchCreate, { appId: app.id, env: { SECRET: 'hush-hush' } });
    expect(launch).toMatchObject({ status: 'pending', previewUrl: null, profile: 'small' });
    const order = await steps.launchJobOf(launch.id);
    expect(order).toMatchObject({ env: { SECRET: 'hush-hush' }, port: 8080, imageReference: `osiris/${app.slug}:${build.buildId}` });
    await running(hub, order);
    await eventually(async () => expect((await hub.ask(launchGet, { id: launch.id })).status).toBe('running'));
    expect(await hub.ask(launchGet, { id: launch.id })).toMatchObject({ timings: { startMs: 3, readyMs: 4, queuedMs: expect.any(Number) as number } });
    expect((await hub.ask(appGet, { id: app.id })).popularity).toEqual({ launches: 1, launches7d: 1 });

    const extended = await hub.ask(launchExtend, { id: launch.id, ttlSeconds: 7200 });
    expect(Date.parse(extended.expiresAt) - Date.now()).toBeGreaterThan(7_000_000);
    expect((await hub.ask(launchStop, { id: launch.id })).status).toBe('stopping');
    await expect(hub.ask(launchExtend, { id: launch.id, ttlSeconds: 7200 })).rejects.toMatchObject({ code: 'CONFLICT' });
    const stop = await eventually(async () => {
      const found = (await hub.jobs(stopJob)).find(({ payload }) => payload.launchId === launch.id);
      if (!found) throw new Error('no job');
      return found.payload;
    });
    expect(stop).toMatchObject({ reason: 'stopped', attempt: 1 });
    await hub.say(launchEnded, { at: at(), launchId: launch.id, appId: app.id, attempt: 1, outcome: 'stopped', error: null, exitCode: 143, logArtifactId: null });
    await eventually(async () => expect((await hub.ask(launchGet, { id: launch.id })).status).toBe('stopped'));

    const { items, reset } = await hub.ask(eventList, { after: 0, limit: 1000 });
    expect(reset).toBe(false);
    const own = items.filter(({ subject }) => subject === app.id);
    expect(own.map(({ type }) => type)).toEqual(expect.arrayContaining(['app.created', 'app.updated', 'ingestion.updated', 'build.updated', 'launch.updated']));
    expect(JSON.stringify(items)).not.toContain('hush-hush');
    const sequences = items.map(({ sequence }) => sequence ?? 0);
    expect(sequences).toEqual([...sequences].sort((a, b) => a - b));
    const rest = await hub.ask(eventList, { after: sequences[2] ?? 0, limit: 2 });
    expect(rest.items.map(({ sequence }) => sequence)).toEqual(sequences.slice(3, 5));
    expect((await hub.ask(eventList, { after: 1_000_000, limit: 10 })).reset).toBe(true);

    const history = (await hub.ask(appHistory, { id: app.id })).items;
    expect(history.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['launch', 'build', 'ingestion']));
    expect(history[0]).toMatchObject({ kind: 'launch', status: 'stopped' });
    expect(history.find(({ kind }) => kind === 'build')?.image).toMatchObject({ bytes: 5 });
  });

  it('keeps the variables of a launch out of the database once it runs', async () => {
    const { app } = await steps.ready();
    const launch = await hub.ask(launchCreate, { appId: app.id, env: { TOKEN: 'not-for-keeps' } });
    const stored = () =>
      hub.catalog.app.get(Database).read(async (manager) => (await manager.findBy(OutboxEntity, { owner: launch.id, kind: 'job' })).map(({ payload }) => payload).join());
    expect(await stored()).toContain('not-for-keeps');
    await running(hub, await steps.launchJobOf(launch.id));
    await eventually(async () => expect(await stored()).not.toContain('not-for-keeps'));
  });

  it('applies a fact once, and none of an attempt that is over', async () => {
    const { app, job } = await steps.register();
    const failure = {
      at: at(), ingestionId: job.ingestionId, appId: app.id, attempt: 1, delivery: 1, commitSha: null, durationMs: 3,
      error: { code: 'REPO_UNREACHABLE' as const, message: 'No answer' },
    }; // prettier-ignore
    const id = await hub.say(ingestionFailed, { ...failure, willRetry: true });
    await eventually(async () => expect((await hub.ask(appGet, { id: app.id })).ingestError?.code).toBe('REPO_UNREACHABLE'));
    expect((await hub.ask(appGet, { id: app.id })).ingestStatus).toBe('processing');
    const entries = async () => (await hub.ask(appHistory, { id: app.id })).items.length;
    const before = await entries();
    // Past JetStream's own window the same message may come again under another sequence: the inbox knows it.
    const manager = await hub.connection.jetstreamManager({ checkAPI: false });
    await manager.streams.update('FACTS', { duplicate_window: 100_000_000 });
    await new Promise((resolve) => setTimeout(resolve, 400));
    await hub.say(ingestionFailed, { ...failure, willRetry: true }, id);
    await hub.say(ingestionFailed, { ...failure, attempt: 7, willRetry: false });
    await ingested(hub, job);
    await eventually(async () => expect((await hub.ask(appGet, { id: app.id })).ingestStatus).toBe('ready'));
    await manager.streams.update('FACTS', { duplicate_window: 120_000_000_000 });
    expect(await entries()).toBe(before + 3); // started, completed, and the build: neither repetition nor the stranger
    expect((await hub.ask(appGet, { id: app.id })).ingestError).toBeNull();
  });

  it('cancels a build once, keeps what comes after out, and builds again when asked', async () => {
    const { app, job } = await steps.register();
    await expect(hub.ask(buildCreate, { appId: app.id })).rejects.toMatchObject({ code: 'CONFLICT' });
    await ingested(hub, job);
    const build = await steps.buildJobOf(app.id);
    expect(await hub.ask(buildCancel, { id: build.buildId })).toMatchObject({ status: 'canceled', error: { code: 'BUILD_CANCELED' } });
    expect((await hub.ask(buildCancel, { id: build.buildId })).status).toBe('canceled');
    await built(hub, build);
    // An image that came too late is taken away again.
    await eventually(async () => {
      const removals = (await hub.jobs(imageRemovalJob)).filter(({ payload }) => payload.appId === app.id);
      expect(removals.map(({ payload }) => payload.references)).toEqual([[`osiris/${app.slug}:${build.buildId}`]]);
    });
    expect((await hub.ask(buildGet, { id: build.buildId })).status).toBe('canceled');
    await expect(hub.ask(launchCreate, { appId: app.id })).rejects.toMatchObject({ code: 'APP_NOT_BUILT' });
    const second = await hub.ask(buildCreate, { appId: app.slug });
    await built(hub, await eventually(async () => {
      const found = (await hub.jobs(buildJob)).find(({ payload }) => payload.buildId === second.id);
      if (!found) throw new Error('no job');
      return found.payload;
    })); // prettier-ignore
    await eventually(async () => expect((await hub.ask(buildGet, { id: second.id })).status).toBe('succeeded'));
    await expect(hub.ask(buildCancel, { id: second.id })).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(hub.ask(launchCreate, { appId: app.id, buildId: build.buildId })).rejects.toMatchObject({ code: 'APP_NOT_BUILT' });
  });

  it('fails launches whose container vanished, and says which containers to keep', async () => {
    const { app } = await steps.ready();
    const [one, two] = [await hub.ask(launchCreate, { appId: app.id }), await hub.ask(launchCreate, { appId: app.id })];
    await running(hub, await steps.launchJobOf(one.id), 'runner-x');
    await running(hub, await steps.launchJobOf(two.id), 'runner-x');
    await eventually(async () => expect((await hub.ask(launchGet, { id: two.id })).status).toBe('running'));
    const stranger = 'lch_00000000000000000000000000';
    const answer = await hub.ask(launchReconcile, { runnerId: 'runner-x', capacity: 20, running: [one.id, stranger] });
    expect(answer.items).toEqual([
      { launchId: one.id, keep: true, expiresAt: one.expiresAt },
      { launchId: stranger, keep: false, expiresAt: null },
    ]);
    expect((await hub.ask(launchGet, { id: two.id })).status).toBe('running'); // began to run only just
    await new Promise((resolve) => setTimeout(resolve, 5_200));
    await hub.ask(launchReconcile, { runnerId: 'runner-x', capacity: 20, running: [one.id] });
    expect(await hub.ask(launchGet, { id: two.id })).toMatchObject({ status: 'failed', error: { code: 'CONTAINER_GONE' } });
    expect((await hub.ask(launchGet, { id: one.id })).status).toBe('running');

    await hub.ask(launchReconcile, { runnerId: 'runner-x', capacity: 1, running: [one.id] });
    await expect(hub.ask(launchCreate, { appId: app.id })).rejects.toMatchObject({ code: 'NO_CAPACITY' });
    await hub.ask(launchReconcile, { runnerId: 'runner-x', capacity: 1_000, running: [one.id] });
  });

  it('pages launches newest first', async () => {
    const { app } = await steps.ready();
    const made: string[] = [];
    for (let at = 0; at < 5; at++) made.push((await hub.ask(launchCreate, { appId: app.id })).id);
    const first = await hub.ask(launchList, { appId: app.id, limit: 3 });
    const second = await hub.ask(launchList, { appId: app.id, limit: 3, cursor: first.nextCursor ?? '' });
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(made.reverse());
    expect(second.nextCursor).toBeNull();
    await expect(hub.ask(launchList, { cursor: 'nonsense' })).rejects.toMatchObject({ code: 'CURSOR_INVALID' });
  });

  it('removes an app with all it has, and takes it anew', async () => {
    const { app, build, repoUrl } = await steps.ready();
    const artifact = { at: at(), id: 'art_0000000001', kind: 'build-log' as const, owner: { appId: app.id, buildId: build.buildId }, objectKey: 'k', contentType: 'text/plain', bytes: 1, sha256: 'f'.repeat(64) };
    await hub.say(artifactStored, artifact);
    await eventually(async () => expect(JSON.stringify((await hub.ask(appHistory, { id: app.id })).items)).toContain('/artifacts/art_0000000001/content'));
    const launch = await hub.ask(launchCreate, { appId: app.id });
    await hub.ask(appDelete, { id: app.id });
    await expect(hub.ask(appGet, { id: app.id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await eventually(async () => {
      expect((await hub.jobs(stopJob)).map(({ payload }) => payload)).toContainEqual({ launchId: launch.id, appId: app.id, reason: 'app-deleted', attempt: 1 });
      expect((await hub.jobs(imageRemovalJob)).map(({ payload }) => payload.appId)).toContain(app.id);
      expect((await hub.jobs(artifactRemovalJob)).map(({ payload }) => payload.artifacts)).toContainEqual([{ id: 'art_0000000001', objectKey: 'k' }]);
    });
    // What still comes of it harms nobody, and leaves nothing behind.
    await hub.say(launchEnded, { at: at(), launchId: launch.id, appId: app.id, attempt: 1, outcome: 'stopped', error: null, exitCode: 0, logArtifactId: null });
    await hub.say(artifactStored, { ...artifact, id: 'art_0000000002', objectKey: 'late' });
    await eventually(async () =>
      expect((await hub.jobs(artifactRemovalJob)).map(({ payload }) => payload.artifacts)).toContainEqual([{ id: 'art_0000000002', objectKey: 'late' }]),
    );
    const events = (await hub.ask(eventList, { after: 0, limit: 1000 })).items.filter(({ subject }) => subject === app.id);
    expect(events.at(-1)).toMatchObject({ type: 'app.deleted', data: { id: app.id, slug: app.slug } });
    const anew = await hub.ask(appRegister, { repoUrl });
    expect(anew).toMatchObject({ created: true, app: { slug: app.slug } });
    expect(anew.app.id).not.toBe(app.id);
  });
});
