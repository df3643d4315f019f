import { eventList, type Launch, launchActivity, launchCreate, launchEnded, launchExtend, launchGet, type LaunchJob, launchJob, launchReconcile, launchRestart, launchStop, leaseClaim, stopJob } from '@osiris/contracts';
import { Database } from '../src/database/database';
import { LaunchEntity } from '../src/launches/launch.entity';
import { LaunchExpiry } from '../src/launches/launch-expiry';
import { LaunchIdle } from '../src/launches/launch-idle';
import { ClockWatch } from '../src/lifecycle/clock-watch';
import { Sweeper } from '../src/lifecycle/sweeper';
import { OutboxEntity } from '../src/outbox/outbox.entity';
import { databases, type TestDatabase } from './databases';
import { running } from './facts-of';
import { eventually, TestHub } from './hub';
import { Steps } from './steps';

jest.setTimeout(60_000);
const RUNNER = 'runner-life';

describe.each(databases)('the life of launches on %s', (_name, startDatabase) => {
  let database: TestDatabase;
  let hub: TestHub;
  let steps: Steps;
  let apps: string[];
  let launched: string[];

  beforeAll(async () => {
    database = await startDatabase();
    hub = await TestHub.start(await database.create());
    steps = new Steps(hub);
    apps = [(await steps.ready()).app.id, (await steps.ready()).app.id];
  });
  afterAll(async () => {
    await hub.stop();
    await database.end();
  });
  beforeEach(() => (launched = []));
  afterEach(async () => {
    await capacity(1_000);
    for (const id of launched) await end(id);
  });

  const tables = () => hub.catalog.app.get(Database);
  const get = (id: string) => hub.ask(launchGet, { id });
  const is = (id: string, status: string) => eventually(async () => expect((await get(id)).status).toBe(status));
  const capacity = (small: number) => hub.ask(launchReconcile, { runnerId: RUNNER, capacity: small, running: [...launched] });
  async function launch(app: 0 | 1, more: { wait?: boolean; profile?: 'small' | 'large'; env?: Record<string, string>; ttlSeconds?: number } = {}) {
    const made = await hub.ask(launchCreate, { appId: apps[app] ?? '', ...more });
    launched.push(made.id);
    return made;
  }
  async function run(id: string, attempt = 1): Promise<LaunchJob> {
    const job = await steps.launchJobOf(id, attempt);
    await hub.ask(leaseClaim, { kind: 'launch', id, attempt, worker: 'w1' });
    await running(hub, job, RUNNER);
    await is(id, 'running');
    return job;
  }
  const say = (id: string, appId: string, attempt: number, outcome: 'stopped' | 'failed') =>
    hub.say(launchEnded, { at: new Date().toISOString(), launchId: id, appId, attempt, outcome, error: outcome === 'failed' ? { code: 'APP_EXITED', message: 'It ended with 1' } : null, exitCode: 1, logArtifactId: null });
  async function end(id: string): Promise<void> {
    const { status, appId } = await hub.ask(launchStop, { id });
    if (status !== 'stopping') return;
    await say(id, appId, 1, 'stopped');
    await is(id, 'stopped');
  }
  const jobsOf = async (id: string) => (await hub.jobs(launchJob)).filter(({ payload }) => payload.launchId === id);
  const change = (id: string, columns: Partial<LaunchEntity>) => tables().write(({ manager }) => manager.update(LaunchEntity, { id }, columns));

  describe('waiting for room', () => {
    it('is refused unless it is asked for, and waits its turn where it is', async () => {
      const first = await launch(0);
      await run(first.id);
      await capacity(1);
      await expect(launch(0)).rejects.toMatchObject({ code: 'NO_CAPACITY' });
      const second = await launch(0, { wait: true, env: { SECRET: 'for-later' } });
      expect(second).toMatchObject({ status: 'pending', queue: { position: 1, of: 1 } });
      const third = await launch(0, { wait: true });
      const other = await launch(1, { wait: true });
      expect([(await get(second.id)).queue, (await get(third.id)).queue, other.queue]).toEqual([{ position: 2, of: 3 }, { position: 3, of: 3 }, { position: 1, of: 3 }]);
      // Nothing is lost of those without a job, so that nothing is enqueued again.
      await hub.catalog.app.get(Sweeper).sweep();
      expect([...(await jobsOf(second.id)), ...(await jobsOf(other.id))]).toEqual([]);

      await capacity(2);
      await steps.launchJobOf(other.id);
      expect(await get(other.id)).toMatchObject({ status: 'pending', queue: null });
      expect((await get(second.id)).queue).toEqual({ position: 1, of: 2 });
      await end(first.id);
      expect((await steps.launchJobOf(second.id)).env).toEqual({ SECRET: 'for-later' });
      expect(await jobsOf(third.id)).toEqual([]);
      await capacity(3);
      await steps.launchJobOf(third.id);
    });

    it('keeps its variables nowhere but in the job that is held, and nowhere once it is withdrawn', async () => {
      await run((await launch(0)).id);
      await capacity(1);
      const waiting = await launch(0, { wait: true, env: { SECRET: 'nobody-knows' } });
      const everywhere = () => tables().read(async (manager) => (await manager.find(OutboxEntity)).filter(({ payload }) => payload.includes('nobody-knows')).map(({ kind }) => kind));
      expect(await everywhere()).toEqual(['held']);
      expect(await hub.ask(launchStop, { id: waiting.id })).toMatchObject({ status: 'stopped', endReason: 'stopped', queue: null });
      expect(await everywhere()).toEqual([]);
    });

    it('gives a launch its whole time from when it got room, and gives up after as long', async () => {
      const first = await launch(0);
      await run(first.id);
      await capacity(1);
      const [patient, hasty] = [await launch(0, { wait: true, ttlSeconds: 600 }), await launch(1, { wait: true, ttlSeconds: 60 })];
      await change(patient.id, { createdAt: Date.parse(patient.createdAt) - 300_000, expiresAt: Date.parse(patient.expiresAt) - 300_000 });
      await change(hasty.id, { expiresAt: Date.now() - 1 });
      await hub.catalog.app.get(LaunchExpiry).expireDue();
      expect(await get(hasty.id)).toMatchObject({ status: 'expired', endReason: 'expired' });
      await end(first.id);
      const job = await steps.launchJobOf(patient.id);
      expect(Date.parse(job.expiresAt)).toBeGreaterThanOrEqual(Date.parse(patient.expiresAt));
      expect((await get(patient.id)).expiresAt).toBe(job.expiresAt);
    });

    it('refuses what would never fit, and keeps room for a large one that waits', async () => {
      const [one, two] = [await launch(0), await launch(0)];
      await run(one.id);
      await run(two.id);
      await capacity(3);
      await expect(launch(1, { wait: true, profile: 'large' })).rejects.toMatchObject({ code: 'NO_CAPACITY', message: expect.stringContaining('smaller profile') as string });
      await capacity(5);
      const large = await launch(1, { wait: true, profile: 'large' });
      expect(large.queue).toEqual({ position: 1, of: 1 });
      await expect(launch(1)).rejects.toMatchObject({ code: 'NO_CAPACITY' });
      expect((await launch(1, { wait: true })).queue).toEqual({ position: 2, of: 2 });
      await end(one.id);
      await steps.launchJobOf(large.id);
    });
  });

  describe('idleness', () => {
    it('ends what nobody uses, and says so; use moves the moment, and no clock gives use in advance', async () => {
      const { id, appId } = await launch(0);
      const started = Date.now();
      await run(id);
      const { idleAt } = await get(id);
      expect(Date.parse(idleAt ?? '')).toBeGreaterThanOrEqual(started + 900_000);
      const told = async () => (await hub.ask(eventList, { after: 0, limit: 1_000 })).items.filter(({ type, data }) => type === 'launch.updated' && (data as { launch: Launch }).launch.id === id).map(({ data }) => (data as { launch: Launch }).launch.idleAt);
      const soon = Date.now() + 1_000;
      await change(id, { idleAt: soon });
      const used = async (at: number) => {
        await hub.ask(launchActivity, { items: [{ launchId: id, at: new Date(at).toISOString() }] });
        return Date.parse((await get(id)).idleAt ?? '');
      };
      expect(await used(Date.now() - 3_600_000)).toBe(soon);
      const moved = await used(Date.now() + 3_600_000);
      expect(moved).toBeGreaterThanOrEqual(started + 900_000);
      expect(moved).toBeLessThanOrEqual(Date.now() + 900_000);
      // Those who count down know of a time that is far off still.
      expect(await told()).toHaveLength(3);
      await change(id, { idleAt: soon, startedAt: started - 800_000 });
      await used(Date.now());
      expect(new Date(await used(Date.now())).toISOString() >= ((await told())[3] ?? '')).toBe(true);
      expect(await told()).toHaveLength(4);

      const idle = hub.catalog.app.get(LaunchIdle);
      // A use in the last moment may be on its way.
      await change(id, { idleAt: Date.now() - 5_000 });
      await idle.endIdle();
      expect((await get(id)).status).toBe('running');

      // As after a start, or while NATS was away: gateways have not had the time to tell.
      idle.deaf();
      await change(id, { idleAt: Date.now() - 15_000 });
      await idle.look();
      expect((await get(id)).status).toBe('running');
      await idle.endIdle();
      expect(await get(id)).toMatchObject({ status: 'stopping', idleAt: null });
      expect((await steps.waitFor(stopJob, (job) => job.launchId === id)).payload.reason).toBe('idle');
      await say(id, appId, 1, 'stopped');
      await is(id, 'stopped');
      expect(await get(id)).toMatchObject({ endReason: 'idle', error: null, endedAt: expect.any(String) as string });
    });
  });

  describe('a clock that is set', () => {
    const HOUR = 3_600_000;
    let leap = 0;
    const truth = Date.now;
    beforeEach(() => jest.spyOn(Date, 'now').mockImplementation(() => truth() + leap));
    afterEach(async () => {
      leap = 0;
      await hub.catalog.app.get(ClockWatch).check();
      jest.restoreAllMocks();
    });
    const set = async (by: number) => {
      leap = by;
      await hub.catalog.app.get(LaunchIdle).look();
    };

    it('ahead makes no launch idle that was used a moment ago', async () => {
      const { id } = await launch(0, { ttlSeconds: 86_400 });
      await run(id);
      const before = Date.parse((await get(id)).idleAt ?? '');
      await set(HOUR);
      await hub.catalog.app.get(LaunchIdle).endIdle();
      const after = await get(id);
      expect(after.status).toBe('running');
      expect(Math.abs(Date.parse(after.idleAt ?? '') - before - HOUR)).toBeLessThan(2_000);
    });

    it('back keeps no dead worker in its lease, and no launch without a container running', async () => {
      const { id } = await launch(0);
      const { id: dead } = await launch(0);
      await steps.launchJobOf(dead);
      await run(id);
      await hub.ask(leaseClaim, { kind: 'launch', id: dead, attempt: 1, worker: 'dead' });
      await set(-HOUR);
      const { leaseUntil } = await tables().read((manager) => manager.findOneByOrFail(LaunchEntity, { id: dead }));
      expect(leaseUntil).toBeLessThanOrEqual(Date.now() + 10_000);
      // Once that has lapsed, and the job with it, another runner gets the work.
      for (const { seq } of await jobsOf(dead)) await hub.acknowledge(seq);
      await change(dead, { leaseUntil: Date.now() - 1 });
      await steps.launchJobOf(dead, 2);
      await hub.ask(launchReconcile, { runnerId: RUNNER, capacity: 1_000, running: [] });
      expect(await get(id)).toMatchObject({ status: 'failed', error: { code: 'CONTAINER_GONE' } });
    });
  });

  describe('starting anew', () => {
    it('gives the same launch another container, with what only the old one knows', async () => {
      const { id, appId, expiresAt } = await launch(0, { env: { SECRET: 'in-the-container' } });
      expect((await hub.ask(launchRestart, { id, idempotencyKey: 'early' })).restarts).toBe(0);
      await run(id);
      const again = await hub.ask(launchRestart, { id, idempotencyKey: 'once' });
      expect(again).toMatchObject({ id, status: 'pending', restarts: 1, expiresAt, queue: null, startedAt: null, idleAt: null, timings: { queuedMs: null, startMs: null, readyMs: null } });
      expect((await hub.ask(launchRestart, { id, idempotencyKey: 'once' })).restarts).toBe(1);
      expect(await steps.launchJobOf(id, 2)).toMatchObject({ restart: true, env: {}, attempt: 2, expiresAt });
      // The old container's end is not the launch's.
      await say(id, appId, 1, 'failed');
      await run(id, 2);
      expect(await get(id)).toMatchObject({ status: 'running', restarts: 1, error: null });
      await hub.ask(launchExtend, { id, ttlSeconds: 7_200 });
      await say(id, appId, 2, 'failed');
      await is(id, 'failed');
      expect(await get(id)).toMatchObject({ error: { code: 'APP_EXITED' }, endReason: null, idleAt: null });
      await expect(hub.ask(launchRestart, { id, idempotencyKey: 'late' })).rejects.toMatchObject({ code: 'CONFLICT' });
    });

    it('is asked for again where its job got lost, and can be stopped before it is taken up', async () => {
      const { id } = await launch(0);
      await run(id);
      await hub.ask(launchRestart, { id });
      await steps.launchJobOf(id, 2);
      for (const { seq } of await jobsOf(id)) await hub.acknowledge(seq);
      expect(await steps.launchJobOf(id, 3)).toMatchObject({ restart: true, attempt: 3 });
      // A container is there: a runner has to end it.
      expect((await hub.ask(launchStop, { id })).status).toBe('stopping');
      expect((await steps.waitFor(stopJob, (job) => job.launchId === id)).payload).toMatchObject({ attempt: 3, reason: 'stopped' });
    });
  });
});
