import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ensureBusybox } from '@osiris/testing';
import { EngineConnection, EngineImages } from '../src';
import { makeImage, removeImagesNamed } from './small-images';

jest.setTimeout(60_000);

const engine = new EngineConnection({ dockerHost: process.env['DOCKER_HOST'] });
const images = new EngineImages(engine);
const HUB = `test-images-${process.pid}`;
const OURS = [`io.osiris.hub=${HUB}`];
const PATH = `osiris-test/images-${process.pid}`;
const unnamed: string[] = [];

let made = 0;
const name = (): string => `${PATH}:${(made += 1)}`;
const labels = (build: string): Record<string, string> => ({ 'io.osiris.hub': HUB, 'io.osiris.build': build, 'org.opencontainers.image.created': new Date().toISOString() });
const exists = async (reference: string): Promise<boolean> => (await images.inspectImage(reference)) !== null;

/** An image that has lost its name to another one. */
async function dangling(image: Parameters<typeof makeImage>[1]): Promise<string> {
  const reference = name();
  const id = await makeImage(engine, { ...image, reference });
  await images.tagImage('busybox:latest', reference);
  await engine.docker.getImage(reference).remove();
  unnamed.push(id);
  return id;
}

beforeAll(() => ensureBusybox());
afterAll(async () => {
  await removeImagesNamed(engine, PATH);
  for (const id of unnamed.reverse()) await images.removeImage(id);
});

it('tells what an image says of itself', async () => {
  const reference = name();
  const container = await engine.docker.createContainer({ Image: 'busybox:latest' });
  const changes = ['EXPOSE 8080 53/udp 80', 'USER nobody:nogroup', 'ENTRYPOINT ["sh", "-c"]', 'CMD ["httpd -f"]', 'WORKDIR /var', 'LABEL a=b'].join('\n');
  await container.commit({ repo: reference.split(':')[0], tag: reference.split(':')[1], changes });
  await container.remove();
  const { Os, Arch } = await engine.docker.version();
  const image = await images.inspectImage(reference);
  expect(image).toMatchObject({
    references: [reference],
    labels: { a: 'b' },
    ports: [80, 8080],
    config: { ports: [80, 8080], user: 'nobody:nogroup', entrypoint: ['sh', '-c'], command: ['httpd -f'], workingDirectory: '/var', platform: `${Os}/${Arch}` },
  });
  expect(image?.config.layers).toBe(image?.layerDigests.length);
  expect(Math.abs(Date.parse(image?.createdAt ?? '') - Date.now())).toBeLessThan(3_600_000);
  expect((await images.inspectImage('busybox:latest'))?.config).toMatchObject({ user: null, entrypoint: null, command: ['sh'], workingDirectory: null });
});

it('lists images without looking at each', async () => {
  const reference = name();
  const further = name();
  const id = await makeImage(engine, { reference, labels: labels('listed') });
  await images.tagImage(reference, further);
  const inspected = jest.spyOn(engine.docker, 'getImage');
  const listed = await images.listImages(['io.osiris.build=listed', ...OURS]);
  expect(inspected).not.toHaveBeenCalled();
  inspected.mockRestore();
  const image = await images.inspectImage(id);
  expect(listed).toEqual([{ id, references: expect.arrayContaining([reference, further]) as string[], bytes: image?.bytes, labels: image?.labels, createdAt: expect.any(String) as string }]);
  expect(await images.listImages(['io.osiris.hub=another-hub'])).toEqual([]);
});

describe('a name', () => {
  it('goes, and the image with the last one', async () => {
    const [one, other] = [name(), name()];
    const id = await makeImage(engine, { reference: one, labels: labels('named') });
    await images.tagImage(id, other);
    expect(await images.removeName(one, OURS)).toBe('untagged');
    expect((await images.inspectImage(id))?.references).toEqual([other]);
    expect(await images.removeName(other, OURS)).toBe('removed');
    expect(await images.removeName(other, OURS)).toBe('absent');
    expect(await exists(id)).toBe(false);
  });

  it('that somebody else gave stays, and so does the image', async () => {
    const [ours, theirs] = [name(), `${PATH}-theirs:mine`];
    const id = await makeImage(engine, { reference: ours, labels: labels('adopted') });
    await images.tagImage(id, theirs);
    expect(await images.removeName(ours, OURS)).toBe('untagged');
    expect(await images.inspectImage(theirs)).toMatchObject({ id, references: [theirs] });
  });

  it('of an image that is not ours is left alone', async () => {
    const reference = name();
    await makeImage(engine, { reference, labels: { 'io.osiris.hub': 'another-hub' } });
    expect(await images.removeName(reference, OURS)).toBe('foreign');
    expect(await images.removeName('busybox:latest', OURS)).toBe('foreign');
    expect(await exists(reference)).toBe(true);
  });

  it('stays while a container uses the image', async () => {
    const reference = name();
    const container = await engine.docker.createContainer({ Image: 'busybox:latest', Cmd: ['sleep', '600'] });
    await container.commit({ repo: reference.split(':')[0], tag: reference.split(':')[1], changes: `LABEL io.osiris.hub=${HUB}` });
    await container.remove();
    const running = await engine.docker.createContainer({ Image: reference });
    await running.start();
    await expect(images.removeName(reference, OURS)).rejects.toMatchObject({ code: 'CONFLICT' });
    expect((await images.inspectImage(reference))?.references).toEqual([reference]);
    expect((await running.inspect()).State.Running).toBe(true);
    await running.remove({ force: true });
    expect(await images.removeName(reference, OURS)).toBe('removed');
  });

  it('goes without what somebody else made it from', async () => {
    const base = await dangling({ labels: { theirs: 'yes' } });
    const reference = name();
    await makeImage(engine, { reference, from: base, labels: labels('on-a-foreign-base') });
    expect(await images.removeName(reference, OURS)).toBe('removed');
    expect(await exists(base)).toBe(true);
  });

  it.each([`sha256:${'0'.repeat(64)}`, '../containers/json', 'a?force=1', ''])('is not %j', async (reference) => {
    await expect(images.removeName(reference, OURS)).rejects.toThrow('no name of an image');
    await expect(images.tagImage('busybox:latest', reference)).rejects.toThrow('no name of an image');
  });
});

it('a further name for an image that is not there is refused', async () => {
  await expect(images.tagImage(`${PATH}:absent`, name())).rejects.toMatchObject({ code: 'IMAGE_GONE' });
});

describe('what a base image stands for', () => {
  const pinned = `sha256:${'d'.repeat(64)}`;

  it('is the image of the engine where it has one for the platform, whatever its name is called', async () => {
    const reference = name();
    const id = await makeImage(engine, { reference });
    const { Os, Arch } = await engine.docker.version();
    expect(await images.resolveBase(reference)).toBe(id);
    expect(await images.resolveBase(reference, `${Os}/${Arch}`)).toBe(id);
    expect(await images.resolveBase('docker.io/library/busybox')).toBe((await images.inspectImage('busybox:latest'))?.id);
    // Another image under the same name is another answer.
    await images.tagImage('busybox:latest', reference);
    unnamed.push(id);
    expect(await images.resolveBase(reference)).not.toBe(id);
  });

  it('is what it is pinned to, wherever that may be', async () => {
    expect(await images.resolveBase(`busybox@${pinned}`)).toBe(pinned);
    expect(await images.resolveBase(`nowhere.invalid/a:1@${pinned}`)).toBe(pinned);
  });

  it.each(['scratch', '127.0.0.1:1/none:1', '../containers/json', 'busybox?x=1', 'Not A Name', `sha256:${'0'.repeat(64)}`])('is not known of %j', async (base) => expect(await images.resolveBase(base)).toBeNull());

  it('is not known of an image for another platform, nor where a registry takes the question and never answers', async () => {
    const asked: string[] = [];
    const silent = createServer((request) => void asked.push(request.url ?? '')).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    try {
      const reference = `127.0.0.1:${(silent.address() as AddressInfo).port}/${name()}`;
      await makeImage(engine, { reference });
      expect(await images.resolveBase(reference, 'linux/s390x', { limitMs: 300 })).toBeNull();
      // The registry was asked: the image at hand would not do.
      expect(asked).toContain('/v2/');
    } finally {
      silent.close();
      silent.closeAllConnections();
    }
  });
});
