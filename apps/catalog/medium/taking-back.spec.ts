import {
  appDelete, appRegister, buildCancel, buildJob, ingestJob, launchCreate, launchExtend, launchGet, launchJob, launchReconcile, launchStop,
  leaseClaim, stopJob,
} from '@osiris/contracts'; // prettier-ignore
import { Nats } from '@osiris/service-kit';
import { BuildEntity } from '../src/builds/build.entity';
import { Database } from '../src/database/database';
import { newId } from '../src/identifiers';
import { LaunchEntity } from '../src/launches/launch.entity';
import { Sweeper } from '../src/lifecycle/sweeper';
import { Outbox } from '../src/outbox/outbox';
import { OutboxEntity } from '../src/outbox/outbox.entity';
import { databases, type TestDatabase } from './databases';
import { built, ingested } from './facts-of';
import { eventually, pause, TestHub } from './hub';
import { Steps } from './steps';

jest.setTimeout(60_000);

describe.each(databases)('work that nobody has taken up, on %s', (_name, startDatabase) => {
  let database: TestDatabase;
  let hub: TestHub;
  let steps: Steps;

  beforeAll(async () => {
    database = await startDatabase();
    hub = await TestHub.start(await database.create());
    steps = new Steps(hub);
  });
  afterAll(async () => {
    await hub.stop();
    await database.end();
  });

  const tables = () => hub.catalog.app.get(Database);
  const launchJobs = async (launchId: string) => (await hub.jobs(launchJob)).filter(({ payload }) => payload.launchId === launchId);
  const storedJobs = (owner: string) => tables().read((manager) => manager.countBy(OutboxEntity, { owner, kind: 'job' }));
  const claim = (id: string) => hub.ask(leaseClaim, { kind: 'launch', id, attempt: 1, worker: 'w1' });

  it('a launch is stopped at once, its job leaves the queue, and a runner that has it already is refused', async () => {
    const { app } = await steps.ready();
    const { id } = await hub.ask(launchCreate, { appId: app.id, env: { SECRET: 'x' } });
    await steps.launchJobOf(id);
    expect((await hub.ask(launchStop, { id })).status).toBe('stopped');
    expect((await hub.ask(launchStop, { id })).status).toBe('stopped');
    expect(await claim(id)).toEqual({ granted: false, reason: 'superseded' });
    await eventually(async () => expect(await launchJobs(id)).toEqual([]));
    expect(await storedJobs(id)).toBe(0);
    await hub.catalog.app.get(Sweeper).sweep();
    expect((await hub.jobs(stopJob)).filter(({ payload }) => payload.launchId === id)).toEqual([]);
    expect((await hub.ask(launchGet, { id })).status).toBe('stopped');
  });

  it('a launch whose time is up has expired', async () => {
    const { app } = await steps.ready();
    const { id } = await hub.ask(launchCreate, { appId: app.id });
    await steps.launchJobOf(id);
    await tables().write((tx) => tx.manager.update(LaunchEntity, { id }, { expiresAt: Date.now() - 1 }));
    await eventually(async () => expect((await hub.ask(launchGet, { id })).status).toBe('expired'));
    await eventually(async () => expect(await launchJobs(id)).toEqual([]));
  });

  it('a launch that a runner has leased is stopped by the runner', async () => {
    const { app } = await steps.ready();
    const { id } = await hub.ask(launchCreate, { appId: app.id });
    expect((await claim(id)).granted).toBe(true);
    expect((await hub.ask(launchStop, { id })).status).toBe('stopping');
    await steps.waitFor(stopJob, (job) => job.launchId === id);
  });

  it('the jobs of a deleted app are gone from NATS, with the credentials and variables in them', async () => {
    const { app } = await hub.ask(appRegister, { repoUrl: `https://reader:s3cret@example.org/acme/private` });
    const { payload } = await steps.waitFor(ingestJob, (job) => job.appId === app.id);
    expect(payload.repoUrl).toContain('s3cret');
    await ingested(hub, payload);
    const build = await steps.buildJobOf(app.id);
    await built(hub, build);
    const launch = await eventually(() => hub.ask(launchCreate, { appId: app.id, env: { KEY: 'v4lue' } }));
    await steps.launchJobOf(launch.id);
    await hub.ask(appDelete, { id: app.id });
    await eventually(async () => {
      const left = [...(await hub.jobs(ingestJob)), ...(await hub.jobs(buildJob)), ...(await hub.jobs(launchJob))];
      expect(left.filter(({ payload: { appId } }) => appId === app.id)).toEqual([]);
    });
    expect(await storedJobs(build.buildId)).toBe(0);
    await steps.waitFor(stopJob, (job) => job.launchId === launch.id);
  });

  it('a job that is dropped while it is on its way is taken back once it has arrived', async () => {
    const nats = hub.catalog.app.get(Nats);
    const publish = nats.publish.bind(nats);
    const arrived: number[] = [];
    const spy = jest.spyOn(nats, 'publish').mockImplementation(async (subject, payload, options) => {
      const answer = await publish(subject, payload, options);
      if (subject === ingestJob.subject && arrived.length === 0) {
        arrived.push(answer.seq);
        await tables().write((tx) => hub.catalog.app.get(Outbox).drop(tx, [(payload as { ingestionId: string }).ingestionId]));
      }
      return answer;
    });
    await hub.ask(appRegister, { repoUrl: 'https://example.org/acme/on-its-way' });
    await eventually(async () => {
      expect(arrived).toHaveLength(1);
      expect((await hub.jobs(ingestJob)).map(({ seq }) => seq)).not.toContain(arrived[0]);
    });
    spy.mockRestore();
  });

  it('is brought back in batches where there is more of it than one look takes, each once', async () => {
    const { app } = await steps.ready();
    const row = await tables().read((manager) => manager.findOneByOrFail(BuildEntity, { repositoryId: app.id }));
    const ids = Array.from({ length: 450 }, () => newId('bld'));
    // Their jobs are nowhere.
    const lost = { ...row, status: 'pending' as const, jobMessageId: 'job_gone', completedAt: null };
    await tables().write(async (tx) => {
      for (const id of ids) await tx.manager.insert(BuildEntity, { ...lost, id });
    });
    const attempts = () => tables().read(async (manager) => (await manager.findBy(BuildEntity, { repositoryId: app.id, status: 'pending' })).map(({ attempt }) => attempt));
    await eventually(async () => expect(new Set(await attempts())).toEqual(new Set([2])), 30_000);
    await hub.catalog.app.get(Sweeper).sweep();
    expect(new Set(await attempts())).toEqual(new Set([2]));
    await hub.ask(appDelete, { id: app.id });
  });
});

describe.each(databases)('what is asked of launches and builds, on %s', (_name, startDatabase) => {
  let database: TestDatabase;
  let hub: TestHub;
  let steps: Steps;

  beforeAll(async () => {
    database = await startDatabase();
    hub = await TestHub.start(await database.create());
    steps = new Steps(hub);
  });
  afterAll(async () => {
    await hub.stop();
    await database.end();
  });

  it('is done once per Idempotency-Key: an extension and a cancel too', async () => {
    const { app } = await steps.ready();
    const { id } = await hub.ask(launchCreate, { appId: app.id, ttlSeconds: 60 });
    const extend = { id, ttlSeconds: 600, idempotencyKey: 'e1' };
    const first = await hub.ask(launchExtend, extend);
    await pause(20);
    expect(await hub.ask(launchExtend, extend)).toEqual(first);
    await expect(hub.ask(launchExtend, { ...extend, ttlSeconds: 700 })).rejects.toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED' });

    const { app: other, job } = await steps.register();
    await ingested(hub, job);
    const { buildId } = await steps.buildJobOf(other.id);
    const canceled = await hub.ask(buildCancel, { id: buildId, idempotencyKey: 'c1' });
    expect(canceled.status).toBe('canceled');
    expect(await hub.ask(buildCancel, { id: buildId, idempotencyKey: 'c1' })).toEqual(canceled);
    await hub.ask(launchStop, { id });
  });

  it('finds room by the memory that each profile takes', async () => {
    const { app } = await steps.ready();
    await hub.ask(launchReconcile, { runnerId: 'runner-x', capacity: 6, running: [] });
    await hub.ask(launchCreate, { appId: app.id, profile: 'large' });
    await expect(hub.ask(launchCreate, { appId: app.id, profile: 'large' })).rejects.toMatchObject({ code: 'NO_CAPACITY', message: expect.stringContaining('large') as string });
    await hub.ask(launchCreate, { appId: app.id, profile: 'medium' });
    await expect(hub.ask(launchCreate, { appId: app.id })).rejects.toMatchObject({ code: 'NO_CAPACITY' });
    await hub.ask(launchReconcile, { runnerId: 'runner-x', capacity: 7, running: [] });
    await hub.ask(launchCreate, { appId: app.id });
  });
});
