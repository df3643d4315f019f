import { ensureBusybox } from '@osiris/testing';
import { buildImage, EngineConnection, EngineImages } from '../src';
import { contextOf } from './real-builds';
import { makeImage, removeImagesNamed } from './small-images';

jest.setTimeout(60_000);

const engine = new EngineConnection({ dockerHost: process.env['DOCKER_HOST'] });
const images = new EngineImages(engine);
const HUB = `test-housekeeping-${process.pid}`;
const OURS = [`io.osiris.hub=${HUB}`];
const PATH = `osiris-test/housekeeping-${process.pid}`;
const unnamed: string[] = [];

const labels = (build: string, created = new Date()): Record<string, string> => ({ 'io.osiris.hub': HUB, 'io.osiris.build': build, 'org.opencontainers.image.created': created.toISOString() });
const exists = async (reference: string): Promise<boolean> => (await images.inspectImage(reference)) !== null;
const listed = async (): Promise<string[]> => (await images.listDangling(OURS)).map(({ id }) => id).sort();

async function dangling(image: Parameters<typeof makeImage>[1]): Promise<string> {
  const id = await makeImage(engine, image);
  unnamed.push(id);
  return id;
}

async function build(request: { dockerfile: string; tag: string; labels: Record<string, string>; builder?: 'classic' }): Promise<void> {
  const context = contextOf({ Dockerfile: request.dockerfile });
  const outcome = await buildImage(engine, { ...request, context, dockerfile: 'Dockerfile', networkMode: 'none', timeoutMs: 60_000, onLine: () => undefined });
  expect(outcome).toMatchObject({ status: 'succeeded' });
}

/** The unnamed images that an image was made from, the nearest first. */
async function parents(reference: string): Promise<string[]> {
  const { Parent, RepoTags } = await engine.docker.getImage(reference).inspect();
  const further = Parent === '' ? [] : await parents(Parent);
  return reference.startsWith('sha256:') && RepoTags.length === 0 ? [reference, ...further] : further;
}

beforeAll(() => ensureBusybox());
afterAll(async () => {
  await removeImagesNamed(engine, PATH);
  for (const id of unnamed.reverse()) await images.removeImage(id);
});

describe('dangling images', () => {
  it('of the hub go; everybody else’s stay, those too that have our labels from an image of ours that they were made from', async () => {
    const named = `${PATH}:kept`;
    await makeImage(engine, { reference: named, labels: labels('b1') });
    const ours = await dangling({ labels: labels('b1') });
    const orphan = await dangling({ labels: labels('b2') });
    const foreign = await dangling({ labels: { theirs: 'yes' } });
    const unlabelled = await dangling({});
    const otherHub = await dangling({ labels: { 'io.osiris.hub': 'another-hub' } });
    // Labels are inherited.
    const onTopOfOurs = await dangling({ from: named });
    const onTopOfWhatIsGone = await dangling({ labels: labels('b3', new Date(Date.now() - 3 * 86_400_000)) });
    expect((await images.inspectImage(onTopOfOurs))?.labels).toMatchObject({ 'io.osiris.hub': HUB });

    expect(await listed()).toEqual([ours, orphan].sort());
    expect((await images.removeDangling(OURS)).map(({ id }) => id).sort()).toEqual([ours, orphan].sort());
    expect(await listed()).toEqual([]);
    expect(await Promise.all([ours, orphan].map(exists))).toEqual([false, false]);
    expect(await Promise.all([named, foreign, unlabelled, otherHub, onTopOfOurs, onTopOfWhatIsGone].map(exists))).not.toContain(false);
  });

  it('stay while a container uses them, and where they have a name again', async () => {
    const used = await dangling({ labels: labels('b4'), from: 'busybox:latest' });
    const container = await engine.docker.createContainer({ Image: used, Cmd: ['true'] });
    expect(await listed()).toEqual([used]);
    expect(await images.removeDangling(OURS)).toEqual([]);
    expect(await exists(used)).toBe(true);
    await container.remove();
    await images.tagImage(used, `${PATH}:named-again`);
    expect(await listed()).toEqual([]);
    expect(await images.removeDangling(OURS)).toEqual([]);
  });

  it('include what the classic builder leaves behind with our labels', async () => {
    const reference = `${PATH}:classic`;
    const dockerfile = `FROM busybox\nLABEL one=${process.pid}\nLABEL two=2\nLABEL three=3`;
    await build({ dockerfile, tag: reference, labels: labels('b6'), builder: 'classic' });
    const steps = await parents(reference);
    unnamed.push(...[...steps].reverse());
    expect(await images.removeName(reference, OURS)).toBe('removed');
    expect(await listed()).toEqual([steps[0]]);
    expect((await images.removeDangling(OURS)).map(({ id }) => id)).toEqual([steps[0]]);
    expect(await listed()).toEqual([]);
    // Without labels it could be anybody's.
    expect(await exists(steps[1] ?? '')).toBe(true);
    expect(await exists('busybox:latest')).toBe(true);
  });
});

it('the build cache is counted and cut down to what is kept, and no image goes with it', async () => {
  const kept = `${PATH}:kept-while-pruned`;
  await build({ dockerfile: `FROM busybox\nRUN echo kept > /kept; echo ${process.pid}`, tag: kept, labels: labels('b6') });
  const reference = `${PATH}:cached`;
  const dockerfile = `FROM busybox\nRUN head -c 3000000 /dev/urandom > /made; echo ${process.pid}`;
  await build({ dockerfile, tag: reference, labels: labels('b5') });
  await images.removeName(reference, OURS);
  // Other specs build on this engine meanwhile: what they add to the cache must not matter here.
  const { bytes, removableBytes } = await images.buildCacheUsage();
  expect(bytes).toBeGreaterThan(3_000_000);
  expect(removableBytes).toBeLessThanOrEqual(bytes);
  expect(await images.pruneBuildCache(bytes + 1_000_000_000)).toBe(0);
  expect(await images.pruneBuildCache(bytes - 1_000_000)).toBeGreaterThanOrEqual(1_000_000);
  for (const image of [kept, 'busybox:latest']) expect(await exists(image)).toBe(true);
});
