import { launchJob, type LaunchJob, LaunchStats, launchStatsSubject } from '@osiris/contracts';
import { eventually } from './hub-double';
import { TestRunner, web } from './test-runner';

jest.setTimeout(40_000);

let runner: TestRunner;
beforeAll(async () => {
  runner = await TestRunner.start();
});
afterAll(() => runner.stop());

/** Says when it was started, what it was given, and whether somebody has used it before. */
const SCRIPT = `mkdir -p /www; echo "$GREETING $(cat /used 2>/dev/null) $HOSTNAME" > /www/index.html; echo used > /used; echo started; exec httpd -f -p 8080 -h /www`;
const env = { GREETING: 'a-greeting-of-its-own' };

const anew = (job: LaunchJob, attempt = job.attempt + 1): LaunchJob => ({ ...job, attempt, env: {}, restart: true });
const enqueue = (job: LaunchJob) => runner.hub.enqueue(launchJob.subject, job);
const runs = (launchId: string, attempt: number) =>
  eventually(() => Promise.resolve(runner.hub.facts.find(({ kind, fact }) => kind === 'running' && fact.launchId === launchId && fact.attempt === attempt)), `attempt ${attempt} to run`, 15_000);
async function page(launchId: string): Promise<string> {
  const route = await runner.route(launchId);
  return (await fetch(`http://${route?.host}:${route?.port}/`)).text();
}
const containersOf = async (launchId: string) => (await runner.sandboxes.list()).filter((one) => one.launchId === launchId);

describe('a launch that is started anew', () => {
  it('gets a fresh container with the variables of the old one, which ends without a word', async () => {
    const job = await runner.launch(SCRIPT, { env });
    const { containerId } = await runner.hub.told(job.launchId, 'running');
    const before = await page(job.launchId);
    await enqueue(anew(job));
    await runs(job.launchId, 2);
    const after = await page(job.launchId);
    expect([before, after].map((text) => text.split(' ').slice(0, 2))).toEqual([[env.GREETING, ''], [env.GREETING, '']]);
    expect(after).not.toBe(before);
    const left = await containersOf(job.launchId);
    expect(left).toMatchObject([{ attempt: 2, phase: 'running' }]);
    expect(left[0]?.containerId).not.toBe(containerId);
    // What the first one printed is kept.
    expect([...runner.hub.uploads.values()]).toContain('started\n');
    expect(runner.hub.kindsOf(job.launchId)).toEqual(['starting', 'running', 'starting', 'running']);
    const everything = JSON.stringify([runner.hub.facts, [...runner.hub.uploads.values()]]);
    expect(everything).not.toContain(env.GREETING);
  });

  it('is finished by a runner that finds both containers, the old one running and the new one not started', async () => {
    const job = await runner.launch(SCRIPT, { env });
    const { containerId } = await runner.hub.told(job.launchId, 'running');
    // As one left it that was killed in the middle.
    await runner.down();
    await runner.sandboxes.markReplaced(containerId, job.launchId);
    const { imageReference: image, launchId, appId, buildId, expiresAt, profile } = job;
    await runner.sandboxes.create({ role: 'launch', id: launchId, appId, buildId, attempt: 2, expiresAt, image, profile, env: { ...env, PORT: '8080' }, readOnlyRoot: false, engineCpus: 1 });
    await runner.up();
    await enqueue(anew(job));
    await runs(launchId, 2);
    expect(await page(launchId)).toContain(env.GREETING);
    expect(await containersOf(launchId)).toMatchObject([{ attempt: 2, phase: 'running' }]);
    expect(runner.hub.kindsOf(launchId)).not.toContain('ended');
  });

  it('takes the variables of a container that only lost its name', async () => {
    const job = await runner.launch(SCRIPT, { env });
    const { containerId } = await runner.hub.told(job.launchId, 'running');
    await runner.sandboxes.markReplaced(containerId, job.launchId);
    await enqueue(anew(job));
    await runs(job.launchId, 2);
    expect(await page(job.launchId)).toContain(env.GREETING);
    expect(await containersOf(job.launchId)).toHaveLength(1);
  });

  it('has none to take them from where the old one is gone, and says so', async () => {
    const job = runner.job(await runner.image(web(8080)), { attempt: 2, restart: true });
    await enqueue(job);
    expect(await runner.hub.told(job.launchId, 'ended')).toMatchObject({ attempt: 2, outcome: 'failed', error: { code: 'CONTAINER_GONE', message: expect.stringContaining('variables') as string } });
  });

  it('ends where its image is gone: the old container does not go on behind it', async () => {
    const job = await runner.launch(web(8080), { env });
    await runner.hub.told(job.launchId, 'running');
    await enqueue({ ...anew(job), imageReference: 'osiris-test/absent:1' });
    expect(await runner.hub.told(job.launchId, 'ended')).toMatchObject({ attempt: 2, error: { code: 'IMAGE_GONE' } });
    expect(await containersOf(job.launchId)).toEqual([]);
    expect(await runner.route(job.launchId)).toBeUndefined();
  });

  it('is over where it is stopped while the old container takes its time to end', async () => {
    const job = await runner.launch(`trap 'sleep 2; exit' TERM; mkdir -p /www; httpd -p 8080 -h /www; while true; do sleep 0.2; done`, { env });
    const { containerId } = await runner.hub.told(job.launchId, 'running');
    await enqueue(anew(job));
    await eventually(async () => (await containersOf(job.launchId)).length === 2 || undefined, 'the new container to be made');
    await runner.requestStop(anew(job));
    expect(await runner.hub.told(job.launchId, 'ended', 20_000)).toMatchObject({ attempt: 2, outcome: 'stopped', error: null });
    await eventually(async () => (await containersOf(job.launchId)).length === 0 || undefined, 'nothing to be left');
    expect(await runner.sandboxes.inspect(containerId)).toBeUndefined();
  });

  it('goes on as it is where the catalog refuses', async () => {
    const job = await runner.launch(web(8080), { env });
    const { containerId } = await runner.hub.told(job.launchId, 'running');
    runner.hub.claim = { granted: false, reason: 'superseded' };
    await enqueue(anew(job));
    await eventually(async () => ((await runner.hub.nats.jetstreamManager()) && (await pendingJobs()) === 0 ? true : undefined), 'the job to be done');
    runner.hub.claim = { granted: true, reason: null };
    expect(await containersOf(job.launchId)).toMatchObject([{ containerId, attempt: 1, phase: 'running' }]);
    expect(await page(job.launchId)).toBe('hello\n');
  });
});

describe('a launch that runs', () => {
  it('tells what it uses, as the engine does', async () => {
    const appId = 'app_0000000042';
    const heard: LaunchStats[] = [];
    const subscription = runner.hub.nats.subscribe(launchStatsSubject(appId), { callback: (_error, message) => heard.push(LaunchStats.parse(message.json())) });
    // A busy loop, and 30 MB of the file system in memory.
    const job = await runner.launch(`dd if=/dev/zero of=/tmp/held bs=1M count=30; (while :; do :; done) & ${web(8080)}`, { appId });
    const { containerId } = await runner.hub.told(job.launchId, 'running');
    const [first, second] = await eventually(() => Promise.resolve(heard.length >= 2 ? heard : undefined), 'two figures', 15_000);
    subscription.unsubscribe();
    expect(second).toMatchObject({ launchId: job.launchId, memoryLimitBytes: 512 * 1024 * 1024, cpuLimit: 1 });
    const engine = await runner.sandboxes.usage(containerId);
    for (const figure of [first, second]) {
      expect(figure?.memoryBytes).toBeGreaterThan(30 * 1024 * 1024);
      expect(Math.abs((figure?.memoryBytes ?? 0) - (engine?.memoryBytes ?? 0))).toBeLessThan(8 * 1024 * 1024);
      expect(figure?.cpuPercent).toBeGreaterThan(5);
      expect(figure?.cpuPercent).toBeLessThan(130);
      // init, the loop and the server
      expect(figure?.pids).toBe(engine?.pids);
    }
    await runner.requestStop(job);
    await runner.hub.told(job.launchId, 'ended');
  });

  it('goes on where somebody has paused its container', async () => {
    const job = await runner.launch(web(8080));
    const { containerId } = await runner.hub.told(job.launchId, 'running');
    await runner.engine.docker.getContainer(containerId).pause();
    await eventually(async () => ((await runner.sandboxes.inspect(containerId))?.paused ? undefined : true), 'it to be woken', 10_000);
    expect(await page(job.launchId)).toBe('hello\n');
    expect(runner.hub.kindsOf(job.launchId)).toEqual(['starting', 'running']);
  });
});

async function pendingJobs(): Promise<number> {
  const manager = await runner.hub.nats.jetstreamManager();
  return (await manager.streams.info('JOBS')).state.messages;
}
