import { launchJob, type LaunchJob, type SeatWish } from '@osiris/contracts';
import { SeatContainers, type SeatState } from '@osiris/engine';
import { eventually } from './hub-double';
import { TestRunner, web } from './test-runner';

jest.setTimeout(60_000);

let runner: TestRunner;
let seats: SeatContainers;
let wish: SeatWish;
beforeAll(async () => {
  runner = await TestRunner.start();
  seats = new SeatContainers(runner.engine, runner.hubId);
  const imageReference = await runner.image(`echo first; echo second; ${web(8080)}`, ['EXPOSE 8080']);
  wish = { appId: 'app_0000000000', buildId: 'bld_0000000000', slug: 'a/b', imageReference, port: 8080, healthPath: null, readOnlyRoot: false, wanted: 1 };
  runner.hub.reconcile = ({ running }) => ({ items: running.map((launchId) => ({ launchId, keep: true, expiresAt: null })), seats: [wish] });
});
afterAll(() => runner.stop());

/** Waits until the seats are as many, all paused, and none of them is `without`. */
const ready = (count: number, without?: SeatState) =>
  eventually(async () => {
    const list = await seats.list();
    const all = list.filter(({ paused, port }) => paused && port !== null);
    return list.length === count && all.length === count && !all.some(({ seatId }) => seatId === without?.seatId) ? all : undefined;
  }, `${count} seats`, 20_000);
const first = async (without?: SeatState): Promise<SeatState> => (await ready(1, without))[0] as SeatState;

async function launched(more: Partial<LaunchJob> = {}) {
  const job = runner.job(wish.imageReference, { port: wish.port, readOnlyRoot: wish.readOnlyRoot, ...more });
  await runner.hub.enqueue(launchJob.subject, job);
  return { job, running: await runner.hub.told(job.launchId, 'running') };
}
async function stopped(job: LaunchJob) {
  await runner.requestStop(job);
  return runner.hub.told(job.launchId, 'ended');
}

describe('a seat', () => {
  it('becomes the container of the launch that takes it, with all that it has printed, and another one is made behind it', async () => {
    const seat = await first();
    expect(seat).toMatchObject({ appId: wish.appId, buildId: wish.buildId, port: 8080 });
    const { job, running } = await launched();
    expect(running).toMatchObject({ warm: true, containerId: seat.containerId, port: 8080, attempt: 1 });
    const route = await runner.route(job.launchId);
    expect(route).toMatchObject({ host: seat.address, port: 8080, expiresAt: job.expiresAt });
    expect(await (await fetch(`http://${route?.host}:8080/`)).text()).toBe('hello\n');
    await first(seat);
    const { logArtifactId, outcome } = await stopped(job);
    expect(outcome).toBe('stopped');
    expect(runner.hub.uploads.get(logArtifactId ?? '')).toBe('first\nsecond\n');
    // The end is told before the container is removed.
    await eventually(async () => ((await runner.sandboxes.find(job.launchId)) ? undefined : true), 'the container to be removed');
  });

  it('is as sealed as a launch', async () => {
    const seat = await first();
    const { job, running } = await launched({ env: { OWN: 'value' } });
    const [one, other] = await Promise.all([seat.containerId, running.containerId].map((id) => runner.engine.docker.getContainer(id).inspect()));
    expect(one?.HostConfig).toEqual(other?.HostConfig);
    expect(Object.keys(one?.NetworkSettings.Networks ?? {})).toEqual(Object.keys(other?.NetworkSettings.Networks ?? {}));
    await stopped(job);
  });

  it.each([
    ['variables of its own', { env: { OWN: 'value' } }],
    ['another size', { profile: 'medium' as const }],
    ['another build', { buildId: 'bld_9999999999' }],
  ])('is none for a launch with %s', async (_what, more) => {
    const seat = await first();
    const { job, running } = await launched(more);
    expect(running).toMatchObject({ warm: false });
    expect((await first()).seatId).toBe(seat.seatId);
    await stopped(job);
  });

  it('that was killed is replaced, one that no longer answers is not handed to anybody', async () => {
    const killed = await first();
    await runner.engine.docker.getContainer(killed.containerId).kill();
    const deaf = await first(killed);
    // What a seat may be by the time it is needed: its server has gone while the container has not.
    await runner.engine.docker.getContainer(deaf.containerId).unpause();
    const exec = await runner.engine.docker.getContainer(deaf.containerId).exec({ Cmd: ['sh', '-c', 'kill -STOP $(pidof httpd)'] });
    const sent = await exec.start({});
    // An engine that is to pause a container while a command begins in it may never answer for it again.
    await new Promise((resolve) => sent.on('end', resolve).on('close', resolve).resume());
    await runner.engine.docker.getContainer(deaf.containerId).pause();
    const { job, running } = await launched();
    expect(running).toMatchObject({ warm: false });
    expect(running.containerId).not.toBe(deaf.containerId);
    expect(await runner.sandboxes.inspect(deaf.containerId)).toBeUndefined();
    await stopped(job);
  });

  it('of a build that is no longer the one to run gives way to one of that which is', async () => {
    const old = await first();
    wish = { ...wish, buildId: 'bld_1111111111' };
    expect((await first(old)).buildId).toBe('bld_1111111111');
    wish = { ...wish, buildId: 'bld_0000000000' };
    await eventually(async () => ((await seats.list()).every(({ buildId }) => buildId === wish.buildId) ? true : undefined), 'the other build to go');
  });
});

describe('a runner that restarts', () => {
  it('finds its seats again, removes one that was half made, and knows a launch that took one', async () => {
    const taken = await first();
    const { job, running } = await launched();
    expect(running).toMatchObject({ warm: true, containerId: taken.containerId });
    const waiting = await first(taken);
    await runner.down();
    const half = { role: 'seat', id: 'seat_00000000', attempt: 1, expiresAt: job.expiresAt, env: {}, profile: 'small', engineCpus: 1, image: wish.imageReference } as const;
    const { containerId } = await runner.sandboxes.create({ ...wish, ...half, seatFor: 'x' });
    const before = runner.hub.reconciled.length;
    await runner.up();
    const report = await eventually(() => runner.hub.reconciled[before], 'a report');
    expect(report.running).toEqual([job.launchId]);
    expect((await first()).seatId).toBe(waiting.seatId);
    expect(await runner.sandboxes.inspect(containerId)).toBeUndefined();
    const next = await launched();
    expect(next.running).toMatchObject({ warm: true, containerId: waiting.containerId });
    await Promise.all([stopped(job), stopped(next.job)]);
  });

  it('finishes a launch whose seat was handed over and not woken', async () => {
    const seat = await first();
    await runner.down();
    const job = runner.job(wish.imageReference, { port: 8080 });
    await seats.hand(seat.containerId, job.launchId);
    await runner.hub.enqueue(launchJob.subject, job);
    await runner.up();
    const running = await runner.hub.told(job.launchId, 'running');
    expect(running.containerId).toBe(seat.containerId);
    expect(await (await fetch(`http://${seat.address}:8080/`)).text()).toBe('hello\n');
    await stopped(job);
  });
});

describe('room', () => {
  it('is given up to launches at once, and taken again after them; with seats off there are none', async () => {
    await runner.down();
    await runner.up({ RUNNER_CAPACITY: '3' });
    await first();
    const jobs = await Promise.all([1, 2, 3].map(() => launched({ env: { OWN: 'value' } })));
    await eventually(async () => ((await seats.list()).length === 0 ? true : undefined), 'the seats to give way');
    await Promise.all(jobs.map(({ job }) => stopped(job)));
    await first();
    await runner.down();
    await runner.up({ WARM_POOL_SIZE: '0' });
    await eventually(async () => ((await seats.list()).length === 0 ? true : undefined), 'the seats to go');
  });
});
