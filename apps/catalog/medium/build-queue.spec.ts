import { appDelete, appGet, appUpdate, artifactLog, type Build, buildCancel, buildCreate, buildFailed, buildGet, type BuildJob, buildJob, buildStarted, buildSucceeded, leaseClaim } from '@osiris/contracts';
import { BuildEntity } from '../src/builds/build.entity';
import { Database } from '../src/database/database';
import { newId } from '../src/identifiers';
import { Sweeper } from '../src/lifecycle/sweeper';
import { databases, type TestDatabase } from './databases';
import { built, ingested } from './facts-of';
import { eventually, TestHub } from './hub';
import { Steps } from './steps';

jest.setTimeout(60_000);
const COMMIT = 'c'.repeat(40);
const at = (): string => new Date().toISOString();

describe.each(databases)('the queue of builds on %s', (_name, startDatabase) => {
  let database: TestDatabase;
  let hub: TestHub;
  let steps: Steps;
  let apps: string[];

  beforeAll(async () => {
    database = await startDatabase();
    hub = await TestHub.start(await database.create());
    steps = new Steps(hub);
  });
  afterAll(async () => {
    await hub.stop();
    await database.end();
  });
  beforeEach(() => (apps = []));
  afterEach(async () => {
    for (const id of apps) await hub.ask(appDelete, { id });
  });

  const tables = () => hub.catalog.app.get(Database);
  const get = (id: string) => hub.ask(buildGet, { id });
  /** What builders can take up, and nobody has. */
  async function offered(): Promise<BuildJob[]> {
    const rows = await tables().read((manager) => manager.findBy(BuildEntity, { status: 'pending' }));
    const jobs = await hub.jobs(buildJob);
    return jobs.map(({ payload }) => payload).filter((job) => rows.some(({ id, attempt, leaseWorker }) => id === job.buildId && attempt === job.attempt && leaseWorker === null));
  }
  /** A builder takes up the one that is offered, which is this one. */
  async function takeUp(buildId: string): Promise<BuildJob> {
    const [job, ...more] = await eventually(async () => {
      const jobs = await offered();
      expect(jobs.map((job) => job.buildId)).toEqual([buildId]);
      return jobs;
    });
    expect(more).toEqual([]);
    if (!job) throw new Error('Nothing is offered');
    expect((await hub.ask(leaseClaim, { kind: 'build', id: job.buildId, attempt: job.attempt, worker: 'w1' })).granted).toBe(true);
    return job;
  }
  async function appAt(commitSha: string): Promise<{ id: string; build: Build }> {
    const { app, job } = await steps.register();
    apps.push(app.id);
    await ingested(hub, job, { commitSha });
    const build = await eventually(async () => {
      const { latestBuild } = await hub.ask(appGet, { id: app.id });
      if (!latestBuild) throw new Error('No build yet');
      return latestBuild;
    });
    return { id: app.id, build };
  }
  let commits = 0;
  const anotherCommit = (): string => (++commits).toString(16).padStart(40, '0');
  const another = (appId: string, tag: string) => hub.ask(buildCreate, { appId, options: { args: { TAG: tag } } });
  const status = (id: string, expected: string) => eventually(async () => expect((await get(id)).status).toBe(expected));
  const log = { logArtifactId: null, logLines: 3, logBytes: 30, durationMs: 5 };
  async function succeed(job: BuildJob, more: { reusedBuildId?: string; digest?: string } = {}): Promise<void> {
    const of = { at: at(), buildId: job.buildId, appId: job.appId, attempt: job.attempt };
    await hub.say(buildStarted, of);
    const image = { reference: `osiris/${job.slug}:${job.buildId}`, digest: more.digest ?? `sha256:${job.commitSha}`, bytes: 5 };
    await hub.say(buildSucceeded, { ...of, image, ports: [8080], bases: [{ name: 'node:20', digest: 'sha256:base' }], reusedBuildId: more.reusedBuildId ?? null, ...log });
    await status(job.buildId, 'succeeded');
  }
  async function fail(job: BuildJob, code: 'RUN_FAILED' | 'REPO_UNREACHABLE' | 'BUILD_TIMEOUT'): Promise<void> {
    const error = { code, message: 'npm ci ended with 1' };
    await hub.say(buildFailed, { at: at(), buildId: job.buildId, appId: job.appId, attempt: job.attempt, error, failure: { ...error, retryable: false, step: '[2/4] RUN npm ci', exitCode: 1 }, ...log });
    await status(job.buildId, 'failed');
  }

  it("offers one at a time, and another app's first before one app's second", async () => {
    const one = await appAt(anotherCommit());
    const more = [await another(one.id, 'a'), await another(one.id, 'b')];
    const two = await appAt(anotherCommit());
    const places = async (ids: string[]) => Promise.all(ids.map(async (id) => (await get(id)).queue));
    const order = [one.build.id, two.build.id, ...more.map(({ id }) => id)];
    expect(await places(order)).toEqual([1, 2, 3, 4].map((position) => ({ position, of: 4 })));
    expect(more[1]?.queue).toEqual({ position: 3, of: 3 });
    expect((await hub.ask(appGet, { id: two.id })).latestBuild?.queue).toEqual({ position: 2, of: 4 });
    for (const id of order) await takeUp(id);
    expect(await places(order)).toEqual([null, null, null, null]);
  });

  it('offers the next one when what was offered is canceled or its app is deleted', async () => {
    const [one, two, three] = [await appAt(anotherCommit()), await appAt(anotherCommit()), await appAt(anotherCommit())];
    await hub.ask(buildCancel, { id: one.build.id });
    await eventually(async () => expect((await offered()).map(({ buildId }) => buildId)).toEqual([two.build.id]));
    await hub.ask(appDelete, { id: apps.splice(1, 1)[0] ?? '' });
    await takeUp(three.build.id);
  });

  it('builds the same once: who watches finds the image ready, under a name of its own', async () => {
    const first = await appAt(COMMIT);
    const [second, third] = [await appAt(COMMIT), await appAt(COMMIT)];
    expect(await get(second.build.id)).toMatchObject({ watches: first.build.id, queue: null, log: { url: `/builds/${first.build.id}/log` } });
    expect((await get(third.build.id)).watches).toBe(first.build.id);
    const job = await takeUp(first.build.id);
    expect(job.reuse).toBeNull();
    await succeed(job);
    const shared = await takeUp(second.build.id);
    expect(shared.reuse).toMatchObject({ buildId: first.build.id, image: { reference: `osiris/${job.slug}:${job.buildId}` }, bases: [{ name: 'node:20' }] });
    await succeed(shared, { reusedBuildId: first.build.id });
    // Offered as soon as the second was taken up.
    await succeed(await takeUp(third.build.id), { reusedBuildId: first.build.id });
    const again = await hub.ask(buildCreate, { appId: first.id });
    const fourth = await takeUp(again.id);
    expect(fourth.reuse?.buildId).toBe(third.build.id);
    await succeed(fourth, { reusedBuildId: third.build.id });
    // Told is the one that made it, however many took it over since, with its log.
    expect(await get(again.id)).toMatchObject({ reused: first.build.id, watches: null, log: { lines: 3, bytes: 30 } });
    expect(await hub.ask(artifactLog, { ownerId: again.id })).toEqual({ artifactId: null, linesArtifactId: null, ofBuildId: first.build.id });

    const fresh = await hub.ask(buildCreate, { appId: first.id, options: { noCache: true } });
    expect(await takeUp(fresh.id)).toMatchObject({ noCache: true, reuse: null });
  });

  it('shares a failure of the inputs, and says whose it is', async () => {
    const commit = anotherCommit();
    const [first, second] = [await appAt(commit), await appAt(commit)];
    await fail(await takeUp(first.build.id), 'RUN_FAILED');
    await status(second.build.id, 'failed');
    const failed = await get(second.build.id);
    expect(failed.failure).toMatchObject({ code: 'RUN_FAILED', step: '[2/4] RUN npm ci', exitCode: 1 });
    expect(failed.error?.message).toContain(first.build.id);
    expect(failed.log).toMatchObject({ lines: 3 });
    expect((await hub.ask(artifactLog, { ownerId: second.build.id })).ofBuildId).toBe(first.build.id);
    expect(await offered()).toEqual([]);
  });

  it.each(['is canceled', 'fails for its own repository', 'runs out of time', 'loses its app'])('builds the next of them where the first %s', async (how) => {
    const commit = anotherCommit();
    const [first, second, third] = [await appAt(commit), await appAt(commit), await appAt(commit)];
    if (how === 'is canceled') await hub.ask(buildCancel, { id: first.build.id });
    else if (how === 'loses its app') await hub.ask(appDelete, { id: apps.shift() ?? '' });
    else await fail(await takeUp(first.build.id), how === 'runs out of time' ? 'BUILD_TIMEOUT' : 'REPO_UNREACHABLE');
    expect((await eventually(() => takeUp(second.build.id))).attempt).toBe(1);
    expect((await get(third.build.id)).watches).toBe(second.build.id);
  });

  it('does not take what waits for lost, and takes a job that is lost back into the queue', async () => {
    const [one, two] = [await appAt(anotherCommit()), await appAt(anotherCommit())];
    const [job] = (await hub.jobs(buildJob)).filter(({ payload }) => payload.buildId === one.build.id);
    await hub.acknowledge(job?.seq ?? 0);
    const attempts = async () => Promise.all([one, two].map(async ({ build }) => (await tables().read((manager) => manager.findOneByOrFail(BuildEntity, { id: build.id }))).attempt));
    await eventually(async () => expect(await attempts()).toEqual([2, 1]));
    // Its app has had a turn: the other one is first.
    await takeUp(two.build.id);
    await takeUp(one.build.id);
  });

  it('goes on by itself where builds wait and nothing is offered', async () => {
    const { id } = await appAt(anotherCommit());
    const row = await tables().read((manager) => manager.findOneByOrFail(BuildEntity, { repositoryId: id }));
    await takeUp(row.id);
    const [waits, watches] = [newId('bld'), newId('bld')];
    const of = { ...row, jobMessageId: null, leaseWorker: null, inputsKey: 'k', status: 'pending' as const };
    await tables().write(async ({ manager }) => {
      await manager.insert(BuildEntity, { ...of, id: waits });
      await manager.insert(BuildEntity, { ...of, id: watches, watches: newId('bld') });
    });
    await hub.catalog.app.get(Sweeper).sweep();
    await takeUp(waits);
    await takeUp(watches);
  });

  it('builds anew when the target or the arguments of an app change, and takes up what was built before', async () => {
    const { id, build } = await appAt(anotherCommit());
    await succeed(await takeUp(build.id));
    const changed = await hub.ask(appUpdate, { id, changes: { buildTarget: 'web', buildArgs: { NODE_ENV: 'production' } } });
    expect(changed).toMatchObject({ buildTarget: 'web', buildArgs: { NODE_ENV: 'production' }, latestBuild: { status: 'pending', target: 'web' } });
    const job = await takeUp(changed.latestBuild?.id ?? '');
    expect(job).toMatchObject({ target: 'web', args: { NODE_ENV: 'production' }, reuse: null });
    await succeed(job, { digest: 'sha256:web' });
    const back = await hub.ask(appUpdate, { id, changes: { buildTarget: null, buildArgs: {} } });
    expect((await takeUp(back.latestBuild?.id ?? '')).reuse?.buildId).toBe(build.id);
    await expect(hub.ask(appUpdate, { id, changes: { buildArgs: { LONG: 'x'.repeat(4_096), LONGER: 'x'.repeat(4_096), MORE: 'x'.repeat(4_096), MOST: 'x'.repeat(4_096) } } })).rejects.toMatchObject({ code: 'VALIDATION_FAILED' });
  });

  it('takes facts of a build that nobody leased as they come', async () => {
    const { build, id } = await appAt(anotherCommit());
    const next = await another(id, 'next');
    const [job] = await eventually(async () => {
      const jobs = await offered();
      expect(jobs[0]?.buildId).toBe(build.id);
      return jobs;
    });
    if (job) await built(hub, job);
    await takeUp(next.id);
  });
});

const postgres = databases.filter(([name]) => name === 'PostgreSQL');
describe.each(postgres)('two catalogs on one %s', (_name, startDatabase) => {
  it('offer one build at a time between them, and each once', async () => {
    const database = await startDatabase();
    const hub = await TestHub.start(await database.create());
    try {
      await hub.addReplica();
      const steps = new Steps(hub);
      const { app, job } = await steps.register();
      await ingested(hub, job);
      await steps.waitFor(buildJob, () => true);
      const builds = await Promise.all(Array.from({ length: 20 }, (_one, at) => hub.ask(buildCreate, { appId: app.id, options: { args: { AT: String(at) } } })));
      const table = () => hub.catalog.app.get(Database).read((manager) => manager.findBy(BuildEntity, { status: 'pending' }));
      const taken: string[] = [];
      for (let turn = 0; turn <= builds.length; turn++) {
        // Requests go to either of the two; claims at once by several builders, of whom one gets it.
        const offer = await eventually(async () => {
          const offers = (await table()).filter(({ jobMessageId, leaseWorker }) => jobMessageId !== null && leaseWorker === null);
          expect(offers).toHaveLength(1);
          return offers[0];
        });
        const claims = ['w1', 'w2', 'w3'].map((worker) => hub.ask(leaseClaim, { kind: 'build', id: offer?.id ?? '', attempt: 1, worker }));
        expect((await Promise.all(claims)).filter(({ granted }) => granted)).toHaveLength(1);
        taken.push(offer?.id ?? '');
        if (turn < builds.length) await eventually(async () => expect(await hub.jobs(buildJob)).toHaveLength(turn + 2));
      }
      expect(taken.slice(1)).toEqual(builds.map(({ id }) => id).sort());
      expect(new Set((await hub.jobs(buildJob)).map(({ payload }) => payload.buildId))).toEqual(new Set(taken));
      expect(await hub.jobs(buildJob)).toHaveLength(taken.length);
    } finally {
      await hub.stop();
      await database.end();
    }
  });
});
