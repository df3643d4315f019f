import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { createServer, connect, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BuildJob, buildCanceled, buildFailed, buildStarted, buildSucceeded, imageRemovalJob, LogLine, logText, type Readiness } from '@osiris/contracts';
import { EngineConnection, EngineImages } from '@osiris/engine';
import type { RunningService } from '@osiris/service-kit';
import { startNats, type TestNats } from '@osiris/testing';
import { buildEnv } from '../src/env';
import { startBuild } from '../src/start-build';
import { buildJobOf, unique } from './build-jobs';
import { FakeHub } from './fake-hub';

jest.setTimeout(60_000);
const HUB_ID = `test-${process.pid}`;
const PORT = 5200;
const root = realpathSync(mkdtempSync(join(tmpdir(), 'osiris-build-')));
const images = new EngineImages(new EngineConnection({ dockerHost: process.env['DOCKER_HOST'] }));

let nats: TestNats;
let hub: FakeHub;
let service: RunningService;
const settings = (extra: Record<string, string> = {}) =>
  buildEnv.parse({
    NATS_URL: nats.url, PORT: String(PORT), LOG_LEVEL: process.env['TEST_LOG_LEVEL'] ?? 'fatal', HUB_ID, OSIRIS_HOME: join(root, 'home'), BUILD_NETWORK: 'none',
    GIT_ALLOWED_ROOTS: join(root, 'repos'), BUILD_CONCURRENCY: '2', BUILD_SOURCES_MAX_BYTES: '0', BUILD_TIMEOUT_SECONDS: '60', DOCKER_HOST: process.env['DOCKER_HOST'], ...extra,
  });

const job = (files: Record<string, string | { link: string }>, extra: Partial<BuildJob> = {}): BuildJob => buildJobOf(join(root, 'repos'), files, extra);
const buildFolders = (): string[] => (existsSync(join(root, 'home/tmp/builds')) ? readdirSync(join(root, 'home/tmp/builds')) : []);
const spools = (): string[] => (existsSync(join(root, 'home/tmp/logs/build')) ? readdirSync(join(root, 'home/tmp/logs/build')) : []);
async function eventually(check: () => boolean | Promise<boolean>, timeoutMs = 10_000): Promise<void> {
  for (const endsAt = Date.now() + timeoutMs; !(await check()); ) {
    if (Date.now() > endsAt) throw new Error('It did not happen in time');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

beforeAll(async () => {
  nats = await startNats();
  mkdirSync(join(root, 'home/tmp/builds/stranger~1~abc'), { recursive: true });
  mkdirSync(join(root, `home/tmp/builds/${execFileSync('hostname', { encoding: 'utf8' }).trim()}~999999~abc`), { recursive: true });
  hub = await FakeHub.start(nats.url);
  service = await startBuild(settings(), { signals: false });
}, 30_000);
afterAll(async () => {
  await service?.close();
  await hub?.stop();
  await nats?.stop();
  for (const image of await images.listImages([`io.osiris.hub=${HUB_ID}`])) await images.removeImage(image.id);
  rmSync(root, { recursive: true, force: true });
}, 60_000);

describe('a build', () => {
  it('turns a commit into a labelled image, its log told live and stored as the same bytes', async () => {
    const task = job({ Dockerfile: `# syntax=docker/dockerfile:1\nFROM busybox\nCOPY . /app\nRUN find /app; echo ${unique()}\nEXPOSE 8080\n`, 'kept.txt': 'x', 'secret.txt': 'x', '.dockerignore': 'secret.txt\n' });
    await hub.enqueue(task);
    const fact = await hub.fact(task.buildId, buildSucceeded);
    expect(fact).toMatchObject({ attempt: 1, ports: [8080], logArtifactId: expect.stringMatching(/^art_/) as string, image: { reference: expect.stringMatching(/^osiris\/test\/app-\d+:[0-9a-f]{12}-/) as string } });
    expect(hub.factsOf(task.buildId)).toEqual([buildStarted.subject, buildSucceeded.subject]);
    const image = await images.inspectImage((fact['image'] as { reference: string }).reference);
    expect(image?.id).toBe((fact['image'] as { digest: string }).digest);
    expect(image?.labels).toMatchObject({ 'io.osiris.hub': HUB_ID, 'io.osiris.build': task.buildId, 'io.osiris.app': task.appId, 'org.opencontainers.image.revision': task.commitSha, 'org.opencontainers.image.source': task.repoUrl });

    const log = hub.storedLog(task.buildId);
    expect(log).toMatch(/^Fetching commit [0-9a-f]{12} of main from file:/);
    expect(log).toContain('/app/kept.txt');
    expect(log).not.toContain('/app/secret.txt');
    expect(log).not.toContain('/app/.git');
    expect(hub.liveLog(task.buildId)).toBe(log);
    expect(fact).toMatchObject({ logLines: log.split('\n').length - 1, logBytes: Buffer.byteLength(log), logLinesArtifactId: expect.stringMatching(/^art_/) as string });
    const lines = hub.storedLog(task.buildId, 'build-log-lines').trimEnd().split('\n').map((line) => LogLine.parse(JSON.parse(line)));
    expect(logText(lines)).toBe(log);
    expect(hub.chunks.filter(({ buildId }) => buildId === task.buildId).flatMap((chunk) => chunk.lines)).toEqual(lines);
    await eventually(() => hub.logEnded(task.buildId));
    const chunks = hub.chunks.filter((chunk) => chunk.buildId === task.buildId);
    expect(chunks.map(({ end }) => end)).toEqual([...chunks.slice(1).map(() => false), true]);
    expect(new Set(chunks.map(({ run }) => run)).size).toBe(1);
    expect(chunks.flatMap((chunk) => chunk.lines).find((line) => line.text === '/app/kept.txt')).toMatchObject({ stream: 'stdout', step: expect.stringContaining('RUN find') as string });
  });

  it('is reported again, not done again, where its image is there already', async () => {
    const task = job({ Dockerfile: `FROM busybox\nRUN echo ${unique()}\n` });
    await hub.enqueue(task);
    const first = await hub.fact(task.buildId, buildSucceeded);
    hub.facts.length = 0;
    await hub.enqueue({ ...task, attempt: 2 });
    const second = await hub.fact(task.buildId, buildSucceeded);
    expect(second).toMatchObject({ attempt: 2, image: first['image'] });
    expect(hub.factsOf(task.buildId)).toEqual([buildSucceeded.subject]);
  });

  it.each([
    ['DOCKERFILE_INVALID', { Dockerfile: 'FROM busybox\nRUNN x\n' }, {}, /Line 2 of the Dockerfile/],
    ['RUN_FAILED', { Dockerfile: `FROM busybox\nRUN echo ${unique()}; echo why; exit 3\n` }, {}, /exit code 3.*why/],
    ['COPY_SOURCE_MISSING', { Dockerfile: 'FROM busybox\nCOPY nope.txt /\n' }, {}, /nope.txt/],
    ['BASE_IMAGE_UNAVAILABLE', { Dockerfile: 'FROM nowhere.invalid/x:1\n' }, {}, /nowhere.invalid\/x:1/],
    ['DOCKERFILE_MISSING', { 'a.txt': 'x' }, {}, /Dockerfile/],
    ['REF_NOT_FOUND', { Dockerfile: 'FROM busybox\n' }, { commitSha: '2'.repeat(40), ref: null }, /222222222222/],
    ['REF_NOT_FOUND', { Dockerfile: 'FROM busybox\n' }, { commitSha: '1'.repeat(40) }, /111111111111/],
    ['REPO_URL_INVALID', { Dockerfile: 'FROM busybox\n' }, { repoUrl: 'ext::sh -c id' }, /./],
    ['DOCKERFILE_INVALID', { Dockerfile: '# syntax=docker/dockerfile:1\nFROM busybox\nRUNN x\n' }, {}, /Line 3 of the Dockerfile/],
  ] as const)('that cannot succeed says %s', async (code, files, extra, message) => {
    const task = job(files, extra);
    await hub.enqueue(task);
    const fact = await hub.fact(task.buildId, buildFailed);
    expect(fact['failure']).toMatchObject({ ...(fact['error'] as object), retryable: false });
    expect(fact['error']).toMatchObject({ code, message: expect.stringMatching(message) as string });
    expect(hub.liveLog(task.buildId)).toContain(`FAILED ${code}`);
    expect((fact['error'] as { message: string }).message).not.toContain(root);
  });

  it('reads nothing of the host through links', async () => {
    const task = job({ Dockerfile: `FROM busybox\nCOPY . /app\nRUN echo ${unique()}; ls -l /app; cat /app/passwd || true\n`, passwd: { link: '/etc/passwd' } });
    await hub.enqueue(task);
    await hub.fact(task.buildId, buildSucceeded);
    expect(hub.liveLog(task.buildId)).toMatch(/passwd -> \/etc\/passwd/);
    // What the command shows is busybox's own file, if any.
    expect(hub.liveLog(task.buildId)).not.toContain('/usr/sbin/nologin');
  });

  it('is ended where it is canceled, leaving nothing', async () => {
    const task = job({ Dockerfile: `FROM busybox\nRUN echo begun ${unique()}; sleep 1000\n` });
    await hub.enqueue(task);
    await eventually(() => /^begun/m.test(hub.liveLog(task.buildId)));
    hub.cancel(task.buildId);
    const fact = await hub.fact(task.buildId, buildCanceled);
    expect(fact['logLines']).toBeGreaterThan(3);
    await eventually(() => buildFolders().every((name) => name.startsWith('stranger')) && spools().length === 0);
    expect(await images.findImage([`io.osiris.build=${task.buildId}`])).toBeNull();
    await eventually(() => !/^sleep 1000/m.test(execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' })));
  });

  it('is left in silence to whoever has it, where the lease was lost', async () => {
    const task = job({ Dockerfile: `FROM busybox\nRUN echo begun ${unique()}; sleep 1000\n` });
    await hub.enqueue(task);
    await eventually(() => /^begun/m.test(hub.liveLog(task.buildId)));
    hub.granted = false;
    await eventually(() => spools().length === 0, 30_000);
    hub.granted = true;
    // Whatever it would have said was said before the next job ends.
    const next = job({ Dockerfile: `FROM busybox\nRUN echo ${unique()}\n` });
    await hub.enqueue(next);
    await hub.fact(next.buildId, buildSucceeded);
    expect(hub.factsOf(task.buildId)).toEqual([buildStarted.subject]);
    expect([hub.logEnded(task.buildId), hub.liveLog(task.buildId).includes('Canceled')]).toEqual([false, false]);
  });

  it('is reported as canceled where the lease was lost because of that and the event was missed', async () => {
    const task = job({ Dockerfile: `FROM busybox\nRUN echo begun ${unique()}; sleep 1000\n` });
    await hub.enqueue(task);
    await eventually(() => /^begun/m.test(hub.liveLog(task.buildId)));
    hub.status = 'canceled';
    hub.granted = false;
    await hub.fact(task.buildId, buildCanceled);
    hub.granted = true;
    hub.status = 'running';
    await eventually(() => hub.logEnded(task.buildId));
  });

  it('is not begun where the catalog says that it is superseded', async () => {
    const task = job({ Dockerfile: 'FROM busybox\n' });
    hub.granted = false;
    await hub.enqueue(task);
    await new Promise((resolve) => setTimeout(resolve, 500));
    hub.granted = true;
    expect(hub.factsOf(task.buildId)).toEqual([]);
  });

  it('removes at start what a killed worker left, and leaves what is another host\'s', () => {
    expect(buildFolders().filter((name) => name.includes('~999999~'))).toEqual([]);
    expect(buildFolders()).toContain('stranger~1~abc');
  });
});

it('removes the images of a deleted app, twice without harm', async () => {
  const task = job({ Dockerfile: `FROM busybox\nRUN echo ${unique()}\n` });
  await hub.enqueue(task);
  const { reference } = (await hub.fact(task.buildId, buildSucceeded))['image'] as { reference: string };
  for (let time = 0; time < 2; time++) await hub.publishJob(imageRemovalJob.subject, { appId: task.appId, references: [reference] });
  await eventually(async () => (await images.inspectImage(reference)) === null);
});

describe('with limits or without an engine', () => {
  const ready = async (port: number): Promise<Readiness> => (await fetch(`http://127.0.0.1:${port + 103}/readyz`)).json() as Promise<Readiness>;
  let other: RunningService | undefined;
  let proxy: Server | undefined;
  afterEach(async () => {
    await other?.close();
    proxy?.close();
    other = undefined;
    service = await startBuild(settings(), { signals: false });
  });
  beforeEach(() => service.close());

  it('ends a RUN that never ends with BUILD_TIMEOUT', async () => {
    other = await startBuild(settings({ PORT: '5201', BUILD_TIMEOUT_SECONDS: '2' }), { signals: false });
    const task = job({ Dockerfile: `FROM busybox\nRUN echo ${unique()}; sleep 1000\n` });
    await hub.enqueue(task);
    expect((await hub.fact(task.buildId, buildFailed, 10_000))['error']).toMatchObject({ code: 'BUILD_TIMEOUT' });
  });

  it('waits for an engine that appears later, and hands back the build of one that goes away', async () => {
    const socket = join(root, 'engine.sock');
    other = await startBuild(settings({ PORT: '5202', DOCKER_HOST: `unix://${socket}` }), { signals: false });
    const task = job({ Dockerfile: `FROM busybox\nRUN echo begun ${unique()}; sleep 2\n` });
    await hub.enqueue(task);
    await eventually(async () => (await ready(5202)).status === 'waiting');
    expect((await ready(5202)).dependencies['engine']).toMatchObject({ status: 'waiting' });
    expect(hub.factsOf(task.buildId)).toEqual([]);

    // A way to the real engine that can be cut.
    const open = (): Promise<() => void> =>
      new Promise((resolve) => {
        const sockets = new Set<{ destroy(): void }>();
        rmSync(socket, { force: true });
        const server = createServer((client) => {
          const engine = connect((process.env['DOCKER_HOST'] ?? 'unix:///var/run/docker.sock').replace(/^unix:\/\//, ''));
          for (const end of [client, engine]) sockets.add(end.on('error', () => undefined));
          client.pipe(engine).pipe(client);
          client.on('close', () => engine.destroy());
        }).listen(socket, () => resolve(() => {
          server.close();
          for (const end of sockets) end.destroy();
        }));
        proxy = server;
      });
    const cut = await open();
    await eventually(() => /^begun/m.test(hub.liveLog(task.buildId)), 15_000);
    cut();
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(hub.factsOf(task.buildId)).toEqual([buildStarted.subject]);
    await open();
    await hub.fact(task.buildId, buildSucceeded, 20_000);
    expect(hub.factsOf(task.buildId)).not.toContain(buildFailed.subject);
  }, 60_000);

  it('hands a build back when the service is stopped in the middle, and another does it', async () => {
    other = await startBuild(settings({ PORT: '5203' }), { signals: false });
    const task = job({ Dockerfile: `FROM busybox\nRUN echo begun ${unique()}; sleep 4\n` });
    await hub.enqueue(task);
    await eventually(() => /^begun/m.test(hub.liveLog(task.buildId)));
    await other.close();
    expect(hub.factsOf(task.buildId)).toEqual([buildStarted.subject]);
    // Its watchers wait for the delivery that comes.
    expect(hub.logEnded(task.buildId)).toBe(false);
    other = await startBuild(settings({ PORT: '5204' }), { signals: false });
    const fact = await hub.fact(task.buildId, buildSucceeded, 30_000);
    expect(hub.factsOf(task.buildId)).not.toContain(buildFailed.subject);
    await eventually(() => hub.logEnded(task.buildId));

    // The second delivery tells the log anew, under another run: nothing of the first is in what is stored.
    const runs = [...new Set(hub.chunks.filter(({ buildId }) => buildId === task.buildId).map(({ run }) => run))];
    expect(runs).toHaveLength(2);
    const logs = hub.uploads.filter(({ kind, owner }) => kind === 'build-log' && (owner as { buildId?: string }).buildId === task.buildId);
    expect(logs).toHaveLength(1);
    expect(logs[0]?.text.match(/^begun/gm)).toHaveLength(1);
    expect(fact['logLines']).toBe((logs[0]?.text.split('\n').length ?? 0) - 1);
  }, 60_000);
});
