import { launchJob } from '@osiris/contracts';
import { EngineProxy } from './engine-proxy';
import { eventually } from './hub-double';
import { TestRunner, web } from './test-runner';

jest.setTimeout(60_000);

let runner: TestRunner;
let proxy: EngineProxy | undefined;
beforeEach(async () => {
  runner = await TestRunner.start();
});
afterEach(async () => {
  await runner.stop();
  await proxy?.close();
});

const fetchText = async (route: { host: string; port: number } | undefined) => (await fetch(`http://${route?.host}:${route?.port}/`)).text();

describe('a runner that restarts', () => {
  it('leaves its previews running, knows them again, and doubles no line of their output', async () => {
    const job = await runner.launch(`i=0; (while [ $i -lt 500 ]; do i=$((i+1)); echo line $i; sleep 0.05; done) & ${web(8080)}`, { env: { SECRET: 'line 3 is secret' } });
    await runner.hub.told(job.launchId, 'running');
    await runner.down();
    expect(await fetchText(await runner.route(job.launchId))).toBe('hello\n');
    await runner.up();
    await eventually(() => runner.hub.reconciled.find(({ running }, at) => at > 0 && running.includes(job.launchId)), 'the launch to be told as running');
    await eventually(async () => ((await runner.hub.logLines(job.launchId)).length > 40 ? true : undefined), 'lines of both lives', 20_000);
    await runner.requestStop(job);
    const ended = await runner.hub.told(job.launchId, 'ended');
    const stored = (runner.hub.uploads.get(ended.logArtifactId ?? '') ?? '').trimEnd().split('\n');
    expect(stored.length).toBeGreaterThan(20);
    expect(stored).toEqual(stored.map((_, at) => `line ${at + 1}`));
    expect((await runner.hub.logLines(job.launchId)).map(({ text }) => text)).toEqual(stored);
    expect(runner.hub.kindsOf(job.launchId)).toEqual(['starting', 'running', 'ended']);
  });

  it('finds out which of them died meanwhile', async () => {
    const job = await runner.launch(`(sleep 3; echo bye; killall httpd) & ${web(8080)}`);
    await runner.hub.told(job.launchId, 'running');
    await runner.down();
    await eventually(async () => ((await runner.sandboxes.find(job.launchId))?.phase === 'exited' ? true : undefined), 'the app to end');
    await runner.up();
    expect(await runner.hub.told(job.launchId, 'ended')).toMatchObject({ outcome: 'failed', error: { code: 'APP_EXITED' } });
  });

  it('goes on with a launch that it was handed back in the middle', async () => {
    const job = await runner.launch(`sleep 4; ${web(8080)}`, { port: 8080 });
    const before = await eventually(async () => {
      const state = await runner.sandboxes.find(job.launchId);
      return state?.phase === 'running' ? state : undefined;
    }, 'the container');
    await runner.down();
    await runner.up({ LAUNCH_START_TIMEOUT_SECONDS: '20' });
    const running = await runner.hub.told(job.launchId, 'running', 30_000);
    expect(running.containerId).toBe(before.containerId);
    expect((await runner.sandboxes.list()).length).toBe(1);
  });

  it('takes the job of one that was killed: the container made then serves now', async () => {
    // What a kill between create and start leaves behind.
    const job = runner.job(await runner.image(web(8080)));
    await runner.down();
    const { containerId } = await runner.sandboxes.create({ ...job, role: 'launch', id: job.launchId, readOnlyRoot: false, image: job.imageReference, engineCpus: 1 });
    await runner.up();
    await runner.hub.enqueue(launchJob.subject, job);
    expect((await runner.hub.told(job.launchId, 'running')).containerId).toBe(containerId);
  });
});

describe('reconciliation', () => {
  it('tells the catalog what runs here only once the engine has told it, also of a container that cannot be looked into', async () => {
    proxy = new EngineProxy();
    await proxy.open();
    const [one, two] = await Promise.all([runner.launch(web(8080)), runner.launch(web(8080))]);
    const [{ containerId }] = await Promise.all([runner.hub.told(one.launchId, 'running'), runner.hub.told(two.launchId, 'running')]);
    await runner.down();
    const before = runner.hub.reconciled.length;

    proxy.failing = /^GET \/containers\/json/;
    await runner.up({ DOCKER_HOST: `unix://${proxy.path}` });
    await new Promise((resolve) => setTimeout(resolve, 7_000));
    expect(runner.hub.reconciled.slice(before)).toEqual([]);

    proxy.failing = new RegExp(`^GET /containers/${containerId}/json`);
    const report = await eventually(() => runner.hub.reconciled[before], 'a report');
    expect([...report.running].sort()).toEqual([one.launchId, two.launchId].sort());
    proxy.failing = undefined;
    await runner.requestStop(one);
    expect((await runner.hub.told(one.launchId, 'ended')).outcome).toBe('stopped');
  });

  it('removes what the catalog does not want, writes routes anew, follows an extension, and stands a catalog that is away', async () => {
    const [wanted, unwanted] = await Promise.all([runner.launch(web(8080)), runner.launch(web(8080))]);
    await Promise.all([runner.hub.told(wanted.launchId, 'running'), runner.hub.told(unwanted.launchId, 'running')]);

    runner.hub.reconcile = undefined;
    await new Promise((resolve) => setTimeout(resolve, 11_000));
    expect(await fetchText(await runner.route(unwanted.launchId))).toBe('hello\n');

    const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
    runner.hub.reconcile = ({ running }) => ({ items: running.map((launchId) => ({ launchId, keep: launchId !== unwanted.launchId, expiresAt })) });
    await eventually(async () => ((await runner.sandboxes.find(unwanted.launchId)) ? undefined : true), 'the unwanted container to go', 25_000);
    await eventually(async () => ((await runner.route(wanted.launchId))?.expiresAt === expiresAt ? true : undefined), 'the extension in the route');

    await runner.nats.restartEmpty();
    const route = await eventually(() => runner.route(wanted.launchId).catch(() => undefined), 'the route in the new NATS', 25_000);
    expect(await fetchText(route)).toBe('hello\n');
  });
});

describe('a runner without an engine', () => {
  it('says so, holds its jobs, and does them when one is there', async () => {
    await runner.down();
    const job = await runner.launch(web(8080));
    await runner.up({ DOCKER_HOST: 'unix:///nonexistent/docker.sock' });
    const { status, dependencies } = await runner.readiness();
    expect(status).toBe('waiting');
    expect(dependencies['engine']).toMatchObject({ status: 'waiting' });
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(runner.hub.kindsOf(job.launchId)).toEqual([]);
    await runner.down();
    await runner.up();
    await runner.hub.told(job.launchId, 'running');
    expect((await runner.readiness()).status).toBe('ready');
  });
});

describe('an engine that goes away and comes back', () => {
  it('holds launches meanwhile, keeps previews, and doubles no line', async () => {
    proxy = new EngineProxy();
    await proxy.open();
    await runner.down();
    await runner.up({ DOCKER_HOST: `unix://${proxy.path}` });
    const before = await runner.launch(`i=0; (while [ $i -lt 500 ]; do i=$((i+1)); echo line $i; sleep 0.05; done) & ${web(8080)}`);
    await runner.hub.told(before.launchId, 'running');

    await proxy.close();
    await eventually(async () => ((await runner.readiness()).dependencies['engine']?.status === 'waiting' ? true : undefined), 'the engine to be missed');
    const after = await runner.launch(web(8080));
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect(runner.hub.kindsOf(after.launchId)).toEqual([]);
    expect(await fetchText(await runner.route(before.launchId))).toBe('hello\n');

    await proxy.open();
    await runner.hub.told(after.launchId, 'running', 20_000);
    expect(runner.hub.kindsOf(before.launchId)).toEqual(['starting', 'running']);
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    await runner.requestStop(before);
    const { logArtifactId } = await runner.hub.told(before.launchId, 'ended');
    const stored = (runner.hub.uploads.get(logArtifactId ?? '') ?? '').trimEnd().split('\n');
    expect(stored.length).toBeGreaterThan(60);
    expect(stored).toEqual(stored.map((_, at) => `line ${at + 1}`));
  });

  it('tells the ends that nobody could see meanwhile', async () => {
    const way = (proxy = new EngineProxy());
    await way.open();
    await runner.down();
    await runner.up({ DOCKER_HOST: `unix://${way.path}` });
    const [killed, removed] = [await runner.launch(web(8080)), await runner.launch(web(8080))];
    const containers = await Promise.all([killed, removed].map(async ({ launchId }) => (await runner.hub.told(launchId, 'running')).containerId));
    await way.close();
    await runner.engine.docker.getContainer(containers[0] ?? '').kill();
    await runner.sandboxes.remove(containers[1] ?? '');
    await way.open();
    expect(await runner.hub.told(killed.launchId, 'ended')).toMatchObject({ outcome: 'failed', exitCode: 137, error: { code: 'APP_EXITED', message: expect.stringContaining('SIGKILL') as string } });
    expect(await runner.hub.told(removed.launchId, 'ended')).toMatchObject({ outcome: 'failed', error: { code: 'CONTAINER_GONE' } });
    expect(await runner.route(killed.launchId)).toBeUndefined();
  });
});
