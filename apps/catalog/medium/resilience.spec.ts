import {
  appGet, appRegister, buildGet, buildJob, buildSucceeded, changeSubjects, eventList, imageRemovalJob, ingestJob, jobDeadLettered, launchCreate, launchEnded,
  launchGet, launchJob, launchStop, leaseClaim, leaseRenew, stopJob,
} from '@osiris/contracts'; // prettier-ignore
import { JSONCodec } from 'nats';
import { IsNull, Not } from 'typeorm';
import { BuildEntity } from '../src/builds/build.entity';
import { Database } from '../src/database/database';
import { LaunchEntity } from '../src/launches/launch.entity';
import { Sweeper } from '../src/lifecycle/sweeper';
import { OutboxEntity } from '../src/outbox/outbox.entity';
import { Pruning } from '../src/outbox/pruning';
import { databases, type TestDatabase } from './databases';
import { built, ingested, running } from './facts-of';
import { eventually, pause, TestHub } from './hub';

jest.setTimeout(90_000);
const at = (): string => new Date().toISOString();

describe.each(databases)('what goes wrong, on %s', (_name, startDatabase) => {
  let database: TestDatabase;
  let hub: TestHub;
  let count = 0;

  beforeAll(async () => (database = await startDatabase()));
  afterAll(() => database.end());
  beforeEach(async () => (hub = await TestHub.start(await database.create())));
  afterEach(() => hub.stop());

  const register = async () => (await hub.ask(appRegister, { repoUrl: `https://example.org/acme/app-${++count}` })).app;
  const tables = () => hub.catalog.app.get(Database);
  const sweep = () => hub.catalog.app.get(Sweeper).sweep();
  /** What was published just now is not looked for; as if that were long ago. */
  const settle = () =>
    eventually(async () => {
      const sent = { kind: 'job' as const, publishedAt: Not(IsNull()) };
      expect(await tables().read((manager) => manager.countBy(OutboxEntity, { kind: 'job', publishedAt: IsNull() }))).toBe(0);
      await tables().write((tx) => tx.manager.update(OutboxEntity, sent, { publishedAt: 1 }));
    });
  const ingestJobOf = (appId: string) =>
    eventually(async () => {
      const found = (await hub.jobs(ingestJob)).filter(({ payload }) => payload.appId === appId).at(-1);
      if (!found) throw new Error('no job');
      return found;
    });
  async function withBuild() {
    const app = await register();
    const { payload, seq } = await ingestJobOf(app.id);
    await ingested(hub, payload);
    await hub.acknowledge(seq);
    const job = await eventually(async () => {
      const found = (await hub.jobs(buildJob)).find(({ payload: of }) => of.appId === app.id);
      if (!found) throw new Error('no job');
      return found;
    });
    return { app, job };
  }
  async function ready() {
    const { app, job } = await withBuild();
    await built(hub, job.payload);
    await hub.acknowledge(job.seq);
    await eventually(async () => expect((await hub.ask(buildGet, { id: job.payload.buildId })).status).toBe('succeeded'));
    return app;
  }
  const launchJobOf = (id: string, attempt = 1) =>
    eventually(async () => {
      const found = (await hub.jobs(launchJob)).find(({ payload }) => payload.launchId === id && payload.attempt === attempt);
      if (!found) throw new Error('no job');
      return found;
    });

  it('loses no write of one request to the rollback of another', async () => {
    let open = (): void => undefined;
    const held = new Promise<void>((resolve) => (open = resolve));
    const failing = tables().write(async (tx) => {
      await tx.manager.query(`UPDATE hub_state SET value = 'touched'`);
      await held;
      throw new Error('rolled back');
    });
    const registered = register(); // comes while the transaction above is open
    await pause(300);
    open();
    await expect(failing).rejects.toThrow('rolled back');
    const { id } = await registered;
    expect((await hub.ask(appGet, { id })).id).toBe(id);
  });

  it('says so when a transaction is opened within one, instead of waiting for ever', async () => {
    await expect(tables().write(() => tables().write(() => Promise.resolve()))).rejects.toThrow('within a transaction');
  });

  it('brings ten jobs back, each once, when NATS comes back empty', async () => {
    const apps = await Promise.all(Array.from({ length: 10 }, register));
    for (const { id } of apps) await ingestJobOf(id);
    await hub.nats.restartEmpty();
    await eventually(async () => expect(await hub.jobs(ingestJob)).toHaveLength(10), 20_000);
    await settle();
    await sweep(); // there are no more
    const jobs = await hub.jobs(ingestJob);
    expect(jobs.map(({ payload }) => payload.appId).sort()).toEqual(apps.map(({ id }) => id).sort());
    expect(new Set(jobs.map(({ payload }) => payload.attempt))).toEqual(new Set([2]));
    for (const { payload } of jobs) await ingested(hub, payload);
    await eventually(async () => {
      for (const { id } of apps) expect((await hub.ask(appGet, { id })).ingestStatus).toBe('ready');
    });
  });

  it('sends what was decided while NATS was away, in order, once it is back', async () => {
    const received: number[] = [];
    // Services report themselves whenever they like: of the rest it is known what there is.
    const subscriptions = changeSubjects.filter((subject) => !subject.includes('service')).map((subject) =>
      hub.connection.subscribe(subject, {
        callback: (_error, message) => {
          const { event } = JSONCodec<{ event: { sequence: number } }>().decode(message.data);
          received.push(event.sequence);
        },
      }),
    );
    await hub.connection.flush();
    await register();
    await eventually(async () => Promise.resolve(expect(received).toHaveLength(2)));
    await hub.nats.kill();
    await tables().write(async (tx) => {
      await tx.manager.update(OutboxEntity, { kind: 'event' }, { publishedAt: null }); // as if never acknowledged
    });
    await hub.nats.restart();
    await register().catch(() => register());
    const known = async () => (await hub.ask(eventList, { after: 0, limit: 100 })).items.filter(({ type }) => type !== 'service.updated').map(({ sequence }) => sequence ?? 0);
    await eventually(async () => {
      const waiting = await tables().read((manager) => manager.countBy(OutboxEntity, { publishedAt: IsNull() }));
      expect(waiting).toBe(0);
      expect(new Set(received)).toEqual(new Set(await known()));
    }, 20_000);
    for (const subscription of subscriptions) subscription.unsubscribe();
  });

  it('leaves work alone that is leased or still queued, and enqueues what is neither', async () => {
    const { app, job } = await withBuild();
    const { buildId } = job.payload;
    const lease = { kind: 'build' as const, id: buildId, attempt: 1, worker: 'w1' };
    expect(await hub.ask(leaseClaim, lease)).toEqual({ granted: true, reason: null });
    expect(await hub.ask(leaseClaim, lease)).toEqual({ granted: true, reason: null });
    expect(await hub.ask(leaseClaim, { ...lease, worker: 'w2' })).toEqual({ granted: false, reason: 'leased' });
    expect(await hub.ask(leaseClaim, { ...lease, attempt: 2 })).toEqual({ granted: false, reason: 'superseded' });
    expect(await hub.ask(leaseRenew, { ...lease, worker: 'w2' })).toEqual({ granted: false });
    const lapse = () => tables().write((tx) => tx.manager.update(BuildEntity, { id: buildId }, { leaseUntil: Date.now() - 1 }));
    await lapse();
    await pause(6_000); // the job is still queued: its redelivery is NATS's affair
    expect(await hub.jobs(buildJob)).toHaveLength(1);
    await hub.acknowledge(job.seq);
    expect(await hub.ask(leaseRenew, lease)).toEqual({ granted: true }); // was only cut off
    await sweep();
    expect(await hub.jobs(buildJob)).toHaveLength(0);
    await lapse();
    const again = await eventually(async () => {
      const [found] = await hub.jobs(buildJob);
      if (!found) throw new Error('no job');
      return found;
    });
    expect(again.payload).toMatchObject({ buildId, attempt: 2 });
    expect(await hub.ask(leaseRenew, lease)).toEqual({ granted: false });
    // The first worker's late success counts for nothing, the second one's does.
    await built(hub, job.payload);
    await built(hub, again.payload);
    await eventually(async () => expect((await hub.ask(buildGet, { id: buildId })).status).toBe('succeeded'));
    expect((await hub.ask(appGet, { id: app.id })).latestBuild?.id).toBe(buildId);
  });

  it('waits for facts on their way before it takes work for lost', async () => {
    const { app, job } = await withBuild();
    await settle();
    // The worker reported and acknowledged, and the catalog has not read the report yet: it holds no lease to go by.
    let open = (): void => undefined;
    const held = new Promise<void>((resolve) => (open = resolve));
    const busy = tables().write(() => held);
    await built(hub, job.payload);
    await hub.acknowledge(job.seq);
    const swept = sweep();
    await pause(500);
    open();
    await Promise.all([busy, swept]);
    await eventually(async () => expect((await hub.ask(appGet, { id: app.id })).latestBuild?.status).toBe('succeeded'));
    expect(await hub.jobs(buildJob)).toHaveLength(0);
  });

  it('asks again for a stop that was lost, and gives a lost launch its variables again', async () => {
    const app = await ready();
    const one = await hub.ask(launchCreate, { appId: app.id, env: { NAME: 'value' } });
    const first = await launchJobOf(one.id);
    await settle();
    await hub.acknowledge(first.seq);
    const second = await launchJobOf(one.id, 2);
    expect(second.payload.env).toEqual({ NAME: 'value' });
    await running(hub, second.payload);
    await eventually(async () => expect((await hub.ask(launchGet, { id: one.id })).status).toBe('running'));
    await hub.ask(launchStop, { id: one.id });
    const stop = await eventually(async () => (await hub.jobs(stopJob))[0] ?? Promise.reject(new Error('no job')));
    await settle();
    await hub.acknowledge(stop.seq);
    const again = await eventually(async () => (await hub.jobs(stopJob))[0] ?? Promise.reject(new Error('no job')));
    expect(again.messageId).not.toBe(stop.messageId);
    expect(again.payload).toMatchObject({ launchId: one.id, reason: 'stopped', attempt: 2 });
  });

  it('ends a launch when its time is up', async () => {
    const app = await ready();
    const { id } = await hub.ask(launchCreate, { appId: app.id });
    const job = await launchJobOf(id);
    await running(hub, job.payload);
    await eventually(async () => expect((await hub.ask(launchGet, { id })).status).toBe('running'));
    await tables().write((tx) => tx.manager.update(LaunchEntity, { id }, { expiresAt: Date.now() - 1 }));
    const stop = await eventually(async () => (await hub.jobs(stopJob))[0] ?? Promise.reject(new Error('no job')));
    expect(stop.payload.reason).toBe('expired');
    await hub.say(launchEnded, { at: at(), launchId: id, appId: app.id, attempt: 1, outcome: 'stopped', error: null, exitCode: 0, logArtifactId: null });
    await eventually(async () => expect((await hub.ask(launchGet, { id })).status).toBe('expired'));
  });

  it('ends as failed what the queue gave up', async () => {
    const app = await register();
    const { payload } = await ingestJobOf(app.id);
    await hub.say(jobDeadLettered, { at: at(), subject: ingestJob.subject, worker: 'ingestion', payload, deliveries: 3, error: { code: 'JOB_ABANDONED', message: 'Too often' } });
    await eventually(async () => expect(await hub.ask(appGet, { id: app.id })).toMatchObject({ ingestStatus: 'failed', ingestError: { code: 'JOB_ABANDONED' } }));
  });

  it('sends removals again to an emptied NATS, which nothing else tracks', async () => {
    const { job } = await withBuild();
    await tables().write(async (tx) => {
      await tx.manager.delete('repositories', { id: job.payload.appId });
    });
    const { buildId, appId, attempt } = job.payload;
    await hub.say(buildSucceeded, {
      at: at(), buildId, appId, attempt, image: { reference: 'osiris/x:1', digest: 'd', bytes: 1 }, ports: [], logArtifactId: null, logLines: 0, logBytes: 0, durationMs: 1,
    }); // prettier-ignore
    await eventually(async () => expect(await hub.jobs(imageRemovalJob)).toHaveLength(1));
    await pause(700); // a sweep has seen this NATS
    await hub.nats.restartEmpty();
    await eventually(async () => expect(await hub.jobs(imageRemovalJob)).toHaveLength(1), 20_000);
  });

  it('is the same after a restart of the catalog, and tells who resumes from before what is kept', async () => {
    const app = await register();
    const { latest } = await hub.ask(eventList, { after: 0, limit: 10 });
    await hub.restartCatalog();
    expect((await hub.ask(appGet, { id: app.id })).slug).toBe(app.slug);
    expect((await hub.ask(eventList, { after: 0, limit: 10 })).items.at(-1)?.sequence).toBeGreaterThanOrEqual(latest);
    await register();
    await eventually(async () => expect((await tables().read((manager) => manager.countBy(OutboxEntity, { publishedAt: IsNull() })))).toBe(0)); // prettier-ignore
    await hub.catalog.app.get(Pruning).prune({ events: 2, outboxMs: 1e9, inboxMs: 1e9, idempotencyMs: 1e9, healthMs: 1e9 });
    expect((await hub.ask(eventList, { after: 0, limit: 100 })).reset).toBe(true);
    // Events of health checks may come at any time: what is left is read, not foreseen.
    const left = await tables().read((manager) => manager.find(OutboxEntity, { where: { kind: 'event' }, order: { id: 'ASC' } }));
    expect(left.length).toBeGreaterThanOrEqual(2);
    const kept = await hub.ask(eventList, { after: Number(left[0]?.id), limit: 100 });
    expect(kept.reset).toBe(false);
    expect(kept.items.map(({ sequence }) => sequence).slice(0, left.length - 1)).toEqual(left.slice(1).map(({ id }) => Number(id)));
  });

  it('hands each launch to JetStream by itself, without a sweep', async () => {
    const app = await ready();
    const took: number[] = [];
    for (let round = 0; round < 20; round++) {
      const arrived = new Promise<void>((resolve) => {
        hub.connection.subscribe(launchJob.subject, { max: 1, callback: () => resolve() });
      });
      await hub.connection.flush();
      const begun = performance.now();
      await hub.ask(launchCreate, { appId: app.id });
      await arrived;
      took.push(performance.now() - begun);
    }
    process.stdout.write(`POST to job in NATS, median of 20: ${took.sort((a, b) => a - b)[10]?.toFixed(1)} ms\n`);
  });
});
