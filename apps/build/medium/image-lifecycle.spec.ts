import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Build, type BuildJob, buildFailed, buildStarted, buildSucceeded, enginePlan, housekeepingJob, imageRemovalJob, imagesRemoved, LogLine } from '@osiris/contracts';
import { EngineConnection, EngineImages, isInRegistry, parseRegistryUrl, removeFromRegistry } from '@osiris/engine';
import { createLogger, Nats, Requests, type RunningService } from '@osiris/service-kit';
import { startNats, startRegistry, type TestNats, type TestRegistry } from '@osiris/testing';
import { buildEnv } from '../src/env';
import { madeAt } from '../src/housekeeping/engine-surveyor';
import { startBuild } from '../src/start-build';
import { buildJobOf, newIds, unique } from './build-jobs';
import { FakeHub } from './fake-hub';

jest.setTimeout(60_000);
const HUB_ID = `images-${process.pid}`;
const root = realpathSync(mkdtempSync(join(tmpdir(), 'osiris-images-')));
const engine = new EngineConnection({ dockerHost: process.env['DOCKER_HOST'] });
const images = new EngineImages(engine);
const BASE = `osiris-test-base-${process.pid}:1`;

let nats: TestNats;
let hub: FakeHub;
let registry: TestRegistry;
let service: RunningService;
const settings = (extra: Record<string, string> = {}) =>
  buildEnv.parse({
    NATS_URL: nats.url, PORT: '5300', LOG_LEVEL: process.env['TEST_LOG_LEVEL'] ?? 'fatal', HUB_ID, OSIRIS_HOME: join(root, 'home'), BUILD_NETWORK: 'none',
    GIT_ALLOWED_ROOTS: join(root, 'repos'), BUILD_CONCURRENCY: '2', DOCKER_HOST: process.env['DOCKER_HOST'], HOUSEKEEPING_INTERVAL_SECONDS: '0', ...extra,
  });
const job = (dockerfile: string, extra: Partial<BuildJob> = {}): BuildJob => buildJobOf(join(root, 'repos'), { Dockerfile: dockerfile }, extra);
const fresh = (): string => `FROM ${BASE}\nRUN echo ${unique()}\n`;

type Succeeded = { image: NonNullable<Build['image']>; bases?: { name: string; digest: string }[]; reusedBuildId?: string; config: { layers: number } };
async function built(task: BuildJob): Promise<Succeeded> {
  await hub.enqueue(task);
  return (await hub.fact(task.buildId, buildSucceeded)) as unknown as Succeeded;
}
/** The next build of the same inputs, as the catalog would ask for it. */
const again = (task: BuildJob, { image, bases }: Succeeded, extra: Partial<BuildJob> = {}): BuildJob =>
  ({ ...task, ...newIds(), reuse: { buildId: task.buildId, image, bases: bases ?? [] }, ...extra });

beforeAll(async () => {
  [nats, registry] = await Promise.all([startNats(), startRegistry({ password: true })]);
  hub = await FakeHub.start(nats.url);
  await images.tagImage('busybox:latest', BASE);
  service = await startBuild(settings(), { signals: false });
}, 40_000);
afterAll(async () => {
  await service?.close();
  await hub?.stop();
  for (const image of await images.listImages([`io.osiris.hub=${HUB_ID}`])) await images.removeImage(image.id);
  await images.removeImage(BASE);
  await Promise.all([nats?.stop(), registry?.stop()]);
  rmSync(root, { recursive: true, force: true });
}, 60_000);

describe('a commit that was built before', () => {
  it('gets the same image under a name of its own, nothing fetched and nothing built', async () => {
    const task = job(fresh());
    const first = await built(task);
    expect(first.bases).toEqual([{ name: BASE, digest: (await images.inspectImage(BASE))?.id }]);
    // A repository that is gone: whoever fetched it would fail.
    const next = again(task, first, { repoUrl: `file://${root}/repos/gone`, slug: 'other/app' });
    const second = await built(next);
    expect(second).toMatchObject({ reusedBuildId: task.buildId, bases: first.bases, config: first.config, image: { digest: first.image.digest } });
    expect(second.image.reference).toMatch(/^osiris\/other\/app:/);
    expect(hub.factsOf(next.buildId)).toEqual([buildSucceeded.subject]);

    // Delivered again, it finds its own; its maker's app deleted, it keeps it.
    hub.facts.length = 0;
    expect(await built({ ...next, attempt: 2 })).toMatchObject({ reusedBuildId: task.buildId, image: second.image });
    await hub.publishJob(imageRemovalJob.subject, { appId: task.appId, references: [first.image.reference] });
    await hub.until(async () => ((await images.inspectImage(first.image.reference)) === null ? true : undefined));
    expect((await images.inspectImage(second.image.reference))?.id).toBe(second.image.digest);
  });

  it.each([
    ['its base image is another one', async () => {
      await images.tagImage('node:20-slim', BASE);
    }, {}],
    ['a base image cannot be asked for', () => Promise.resolve(), { bases: [{ name: 'nowhere.invalid/x:1', digest: `sha256:${'0'.repeat(64)}` }] }],
    ['the image is gone', () => Promise.resolve(), { image: { reference: 'osiris/test/gone:aaaaaaaaaaaa-aaaaaaaaaa', digest: `sha256:${'0'.repeat(64)}`, bytes: 1 } }],
    ['the name means somebody else\'s image by now', () => Promise.resolve(), { image: { reference: 'busybox:latest', digest: `sha256:${'0'.repeat(64)}`, bytes: 1 } }],
  ])('is built where %s', async (_why, change, reuse) => {
    const task = job(fresh());
    const first = await built(task);
    await change();
    try {
      const next = again(task, first);
      const second = await built({ ...next, reuse: { ...next.reuse!, ...reuse } });
      expect(second.reusedBuildId ?? null).toBeNull();
      expect(hub.factsOf(next.buildId)).toEqual([buildStarted.subject, buildSucceeded.subject]);
    } finally {
      await images.tagImage('busybox:latest', BASE);
    }
  });

  it('is built anew where that is asked for, without the cache', async () => {
    const task = job(fresh());
    const next = again(task, await built(task), { noCache: true });
    expect((await built(next)).reusedBuildId ?? null).toBeNull();
    const log = hub.storedLog(next.buildId);
    // What FROM names may come from the cache at any time.
    const [, step] = /^#(\d+) \[.*\] RUN /m.exec(log) ?? [];
    expect(log).toMatch(new RegExp(`^#${step} DONE`, 'm'));
  });
});

it('builds with arguments, to a target, and labels the image with title and licence', async () => {
  const task = job(`FROM busybox AS first\nARG WHO\nRUN echo hello $WHO ${unique()}\nFROM busybox\nRUN false\n`, { target: 'first', args: { WHO: 'there' }, title: 'An app', licence: 'MIT' });
  const { image } = await built(task);
  expect(hub.storedLog(task.buildId)).toMatch(/^hello there/m);
  expect((await images.inspectImage(image.reference))?.labels).toMatchObject({ 'org.opencontainers.image.title': 'An app', 'org.opencontainers.image.licenses': 'MIT' });
});

describe('another app', () => {
  const other = (dockerfile: string): BuildJob => job(dockerfile, { appId: newIds().appId, slug: 'other/curious' });

  it.each([
    ['an operator that is not known', 'ARG A=xosi\nFROM ${A#x}ris/test\n'],
    ['a length that nobody reads', `${'#'.repeat(60_000)}\nFROM osiris/test/app:1\n`],
  ])('builds nothing where it cannot be told what the Dockerfile begins with: %s', async (_, dockerfile) => {
    const curious = other(dockerfile);
    await hub.enqueue(curious);
    expect(await hub.fact(curious.buildId, buildFailed)).toMatchObject({ failure: { code: 'DOCKERFILE_INVALID', message: expect.stringContaining('cannot be told') as unknown } });
    expect(hub.storedLog(curious.buildId)).not.toMatch(/^#1 /m);
  });

  it('does not see what a step left in a cache that it mounts', async () => {
    const mount = `RUN --mount=type=cache,target=/cache/${unique()}`;
    const folder = mount.slice(mount.indexOf('=/') + 1);
    const own = job(`FROM ${BASE}\n${mount} echo poison > ${folder}/it\n`);
    await built(own);
    await built({ ...job(`FROM ${BASE}\n${mount} grep poison ${folder}/it\n`), appId: own.appId });
    await built(other(`FROM ${BASE}\n${mount} test ! -e ${folder}/it\n`));
    await built({ ...other(`FROM ${BASE}\n${mount} echo again && test ! -e ${folder}/it\n`), args: { BUILDKIT_CACHE_MOUNT_NS: own.appId } });
  });

  it.each(['FROM {}', `FROM ${BASE}\nCOPY --from={} / /taken`, 'ARG HERS={}\nFROM $HERS'])('gets nothing of this one’s image: %s', async (dockerfile) => {
    const { image } = await built(job(fresh()));
    const curious = other(`${dockerfile.replace('{}', image.reference)}\n`);
    await hub.enqueue(curious);
    expect(await hub.fact(curious.buildId, buildFailed)).toMatchObject({ failure: { code: 'BASE_IMAGE_UNAVAILABLE', image: image.reference } });
  });
});

it('clears up what the catalog lets go, and nothing that the hub did not make', async () => {
  const [gone, kept] = [await built(job(fresh())), await built(job(fresh()))];
  const old = { 'io.osiris.hub': HUB_ID };
  // Somebody's own name for an image of the hub, and one that looks like the hub's and is not.
  const [mine, forged] = [`mine-${process.pid}:1`, `osiris/test/forged-${process.pid}:aaaaaaaaaaaa-aaaaaaaaaa`];
  await images.tagImage(gone.image.reference, mine);
  await images.tagImage('busybox:latest', forged);
  const kit = await Nats.connect(nats.url, 'test', createLogger('build', 'test', settings()));
  const now = jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 3_600_000);
  try {
    hub.removable = ({ reference }) => reference !== kept.image.reference;
    const plan = await new Requests(kit).send(enginePlan, {});
    const references = plan.images.map(({ reference }) => reference);
    expect(references).toContain(gone.image.reference);
    expect([kept.image.reference, mine, forged].filter((name) => references.includes(name))).toEqual([]);
    expect(plan.buildCache).toBeNull();
    expect(await images.inspectImage(gone.image.reference)).not.toBeNull();

    await hub.publishJob(housekeepingJob.subject, {});
    const fact = await hub.until(() => hub.facts.find(({ subject }) => subject === imagesRemoved.subject));
    expect(fact.fact['references']).toEqual(expect.arrayContaining([gone.image.reference]) as unknown);
    expect(await images.inspectImage(gone.image.reference)).toBeNull();
    for (const name of [kept.image.reference, mine, forged, 'busybox:latest']) expect(await images.inspectImage(name)).not.toBeNull();
  } finally {
    now.mockRestore();
    hub.removable = () => false;
    await kit.close();
    await images.removeImage(mine);
    await images.removeImage(forged);
  }
  expect(madeAt({ id: '', references: [], bytes: 0, createdAt: '2000-01-01T00:00:00Z', labels: old })).not.toMatch(/^2000/);
});

describe('with a registry', () => {
  beforeAll(async () => {
    await service.close();
    service = await startBuild(settings({ PORT: '5301', REGISTRY_URL: registry.url }), { signals: false });
  });

  it('pushes as a step of the log, waits for a registry that is away, and removes from both', async () => {
    const there = parseRegistryUrl(registry.url);
    await registry.kill();
    const task = job(fresh());
    await hub.enqueue(task);
    await hub.until(() => /It is tried again in/.exec(hub.liveLog(task.buildId)));
    await registry.restart();
    const { image } = (await hub.fact(task.buildId, buildSucceeded)) as unknown as Succeeded;
    expect(hub.factsOf(task.buildId)).toEqual([buildStarted.subject, buildSucceeded.subject]);
    expect(image.reference).toMatch(new RegExp(`^${registry.host.replaceAll('.', '\\.')}/osiris/test/`));
    expect(await isInRegistry(engine, image.reference, { registry: there, digest: image.digest })).toBe(true);
    const lines = hub.storedLog(task.buildId, 'build-log-lines').trimEnd().split('\n').map((line) => LogLine.parse(JSON.parse(line)));
    const push = lines.filter(({ step }) => step?.startsWith('push '));
    expect([push.at(0)?.event, push.at(-1)?.event]).toEqual(['begin', 'done']);
    expect(new Set(push.map(({ stepId }) => stepId)).size).toBe(1);
    expect(JSON.stringify(lines)).not.toContain(encodeURIComponent(there.credentials?.password ?? ''));

    // Another builder, whose engine never had it.
    await images.removeImage(image.reference);
    const next = again(task, { image, bases: [{ name: BASE, digest: (await images.inspectImage(BASE))?.id ?? '' }] } as Succeeded);
    const second = await built(next);
    expect(second).toMatchObject({ reusedBuildId: task.buildId });
    expect(await isInRegistry(engine, second.image.reference, { registry: there })).toBe(true);

    await hub.publishJob(imageRemovalJob.subject, { appId: next.appId, references: [second.image.reference] });
    await hub.until(async () => ((await images.inspectImage(second.image.reference)) === null ? true : undefined));
    expect(await removeFromRegistry(image.reference, image.digest, { registry: there })).not.toBe('unsupported');
  });

  it('fails where the registry does not take the image', async () => {
    await service.close();
    service = await startBuild(settings({ PORT: '5302', REGISTRY_URL: registry.url.replace(/:\/\/[^@]+@/, '://hub:wrong@') }), { signals: false });
    const task = job(fresh());
    await hub.enqueue(task);
    const fact = await hub.fact(task.buildId, buildFailed);
    expect(fact['failure']).toMatchObject({ code: 'IMAGE_PUSH_REFUSED', retryable: false });
    expect(hub.liveLog(task.buildId)).toContain('FAILED IMAGE_PUSH_REFUSED');
  });
});
