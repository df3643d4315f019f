import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { startRegistry, type TestRegistry, type TestRegistryOptions } from '@osiris/testing';
import { EngineConnection, EngineImages, isInRegistry, parseRegistryUrl, pullImage, pushImage, type Registry, registryReference, removeFromRegistry, type TransferProgress } from '../src';
import { makeImage, removeImagesNamed } from './small-images';

jest.setTimeout(60_000);

const engine = new EngineConnection({ dockerHost: process.env['DOCKER_HOST'] });
const images = new EngineImages(engine);
const PATH = `osiris-test/registry-${process.pid}`;

const registries: TestRegistry[] = [];
let plain: { server: TestRegistry; registry: Registry };
let guarded: { server: TestRegistry; registry: Registry };
async function started(options: TestRegistryOptions = {}): Promise<typeof plain> {
  const server = await startRegistry(options);
  registries.push(server);
  return { server, registry: parseRegistryUrl(server.url) };
}
beforeAll(async () => {
  [plain, guarded] = await Promise.all([started(), started({ password: true, deletion: false })]);
});
afterAll(async () => {
  await removeImagesNamed(engine, PATH);
  await Promise.all(registries.map((server) => server.stop()));
});

let made = 0;
/** A new image under a name of the registry. */
async function named(registry: Registry, bytes = 10): Promise<{ reference: string; id: string }> {
  const reference = registryReference(registry, `${PATH}:${(made += 1)}`);
  const id = await makeImage(engine, { bytes, reference });
  return { reference, id };
}

it('takes a push, knows what it has, and gives it back the same', async () => {
  const { registry } = plain;
  const { reference, id } = await named(registry);
  expect(await isInRegistry(engine, reference, { registry })).toBe(false);
  const told: TransferProgress[] = [];
  const { digest } = await pushImage(engine, reference, { registry, onProgress: (progress) => told.push(progress) });
  expect(digest).toMatch(/^sha256:[0-9a-f]{64}$/);
  expect(told).toContainEqual(expect.objectContaining({ status: 'Pushed', layer: expect.any(String) as string }));
  expect(await isInRegistry(engine, reference, { registry, digest })).toBe(true);
  expect(await isInRegistry(engine, reference, { registry, digest: `sha256:${'0'.repeat(64)}` })).toBe(false);
  expect(await images.resolveBase(reference)).toBe(digest);

  // The manifest's digest, by which the engine knows it too, goes with the name.
  expect(await images.removeName(reference, [])).toBe('removed');
  expect(await images.inspectImage(id)).toBeNull();
  // Now nobody but the registry knows it, and says the same.
  expect(await images.resolveBase(reference)).toBe(digest);
  expect(await pullImage(engine, reference, { registry })).toEqual({ digest });
  expect(await images.inspectImage(reference)).toMatchObject({ id, references: [reference] });
});

it('is sent nothing twice: an image that it has, under another name', async () => {
  const { registry } = plain;
  const { reference, id } = await named(registry);
  const first = await pushImage(engine, reference, { registry });
  const again = `${reference}-again`;
  await images.tagImage(id, again);
  const told: TransferProgress[] = [];
  expect(await pushImage(engine, again, { registry, onProgress: (progress) => told.push(progress) })).toEqual(first);
  expect(told.filter(({ status }) => status === 'Pushed' || status === 'Pushing')).toEqual([]);
  expect(told.map(({ status }) => status)).toContain('Layer already exists');
});

it('lets who knows the password in, and tells others so without telling it', async () => {
  const { registry, server } = guarded;
  const { reference, id } = await named(registry);
  const refusal = (url: string): Promise<Error> => pushImage(engine, reference, { registry: parseRegistryUrl(url) }).then(() => Promise.reject(new Error('was taken')), (error: Error) => error);
  const nobody = await refusal(`http://${server.host}`);
  expect(nobody).toMatchObject({ code: 'IMAGE_PUSH_REFUSED', message: expect.stringContaining('REGISTRY_URL needs a user and a password') as string });
  const wrong = await refusal(`http://hub:hunter2@${server.host}`);
  expect(wrong).toMatchObject({ code: 'IMAGE_PUSH_REFUSED', retryable: false });
  expect(inspect(wrong, { depth: 9 })).not.toContain('hunter2');

  const { digest } = await pushImage(engine, reference, { registry });
  expect(await isInRegistry(engine, reference, { registry, digest })).toBe(true);
  await expect(isInRegistry(engine, reference, { registry: parseRegistryUrl(`http://hub:wrong@${server.host}`) })).rejects.toMatchObject({ code: 'IMAGE_PUSH_REFUSED' });
  await images.removeImage(id);
  await expect(pullImage(engine, reference, { registry: parseRegistryUrl(`http://${server.host}`) })).rejects.toMatchObject({ code: 'IMAGE_GONE' });
  expect(await pullImage(engine, reference, { registry })).toEqual({ digest });
  expect(await images.resolveBase(reference)).toBe(digest);
});

it('removes a name, but not the manifest that another name means too', async () => {
  const { registry } = plain;
  const { reference, id } = await named(registry);
  const reused = `${reference}-reused`;
  await images.tagImage(id, reused);
  const { digest } = await pushImage(engine, reference, { registry });
  await pushImage(engine, reused, { registry });
  expect(await removeFromRegistry(reference, digest, { registry })).toBe('shared');
  expect(await isInRegistry(engine, reused, { registry, digest })).toBe(true);
  expect(await removeFromRegistry(reference, `sha256:${'1'.repeat(64)}`, { registry })).toBe('absent');

  const { reference: alone } = await named(registry);
  const { digest: its } = await pushImage(engine, alone, { registry });
  expect(await removeFromRegistry(alone, its, { registry })).toBe('removed');
  expect(await isInRegistry(engine, alone, { registry })).toBe(false);
  expect(await removeFromRegistry(alone, its, { registry })).toBe('absent');
  expect(await isInRegistry(engine, reference, { registry, digest })).toBe(true);
});

it('tells where a registry allows no removal, and where the credentials are not taken', async () => {
  const { registry, server } = guarded;
  const { reference } = await named(registry);
  const { digest } = await pushImage(engine, reference, { registry });
  expect(await removeFromRegistry(reference, digest, { registry })).toBe('unsupported');
  await expect(removeFromRegistry(reference, digest, { registry: parseRegistryUrl(`http://hub:wrong@${server.host}`) })).rejects.toMatchObject({ code: 'IMAGE_PUSH_REFUSED' });
});

it('has no image that nobody pushed, and the engine none that nobody made', async () => {
  const { registry } = plain;
  const absent = registryReference(registry, `${PATH}:absent`);
  await expect(pullImage(engine, absent, { registry })).rejects.toMatchObject({ code: 'IMAGE_GONE' });
  await expect(pushImage(engine, absent, { registry })).rejects.toMatchObject({ code: 'IMAGE_GONE' });
});

it('may be down, and be there again: trying again helps', async () => {
  const { server, registry } = await started();
  const { reference } = await named(registry);
  await server.kill();
  await expect(pushImage(engine, reference, { registry, stallMs: 1_000 })).rejects.toMatchObject({ code: 'REGISTRY_UNAVAILABLE', retryable: true });
  await expect(isInRegistry(engine, reference, { registry })).rejects.toMatchObject({ code: 'REGISTRY_UNAVAILABLE' });
  await expect(removeFromRegistry(reference, 'sha256:0', { registry })).rejects.toMatchObject({ code: 'REGISTRY_UNAVAILABLE' });
  await server.restart();
  expect((await pushImage(engine, reference, { registry })).digest).toMatch(/^sha256:/);
});

it('may go away during a push, and take the same image later', async () => {
  const { server, registry } = await started();
  const { reference } = await named(registry, 40_000_000);
  let killed: Promise<void> | undefined;
  const onProgress = ({ status, bytes }: TransferProgress): void => {
    if (status === 'Pushing' && (bytes ?? 0) > 0) killed ??= server.kill();
  };
  await expect(pushImage(engine, reference, { registry, onProgress, stallMs: 2_000 })).rejects.toMatchObject({ code: 'REGISTRY_UNAVAILABLE' });
  expect(killed).toBeDefined();
  await killed;
  await server.restart();
  expect((await pushImage(engine, reference, { registry })).digest).toMatch(/^sha256:/);
});

it('a push ends when it is told to', async () => {
  const { registry } = plain;
  const { reference } = await named(registry, 40_000_000);
  const cancel = new AbortController();
  const reason = new Error('canceled');
  const pushed = pushImage(engine, reference, { registry, signal: cancel.signal, onProgress: () => cancel.abort(reason) });
  await expect(pushed).rejects.toBe(reason);
  await expect(pushImage(engine, reference, { registry, signal: cancel.signal })).rejects.toBe(reason);
});

describe('a registry that answers as others do', () => {
  let server: Server;
  let status = 500;
  let body = '';
  let registry: Registry;
  beforeAll(async () => {
    server = createServer((request, response) => {
      request.resume();
      // Only the upload meets the refusal, as behind a proxy with a limit.
      const refuses = request.method !== 'GET' && request.method !== 'HEAD';
      response.writeHead(refuses ? status : request.url === '/v2/' ? 200 : 404, { 'docker-distribution-api-version': 'registry/2.0', 'content-type': 'application/json' });
      response.end(request.method === 'HEAD' ? undefined : refuses ? body : '{}');
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    registry = parseRegistryUrl(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  });
  afterAll(() => server.close());

  it.each([
    [413, '<html>413 Request Entity Too Large</html>', 'IMAGE_PUSH_REFUSED', 'larger than the registry'],
    [503, '<html>no backend</html>', 'REGISTRY_UNAVAILABLE', ''],
    [429, '{"errors":[{"code":"TOOMANYREQUESTS","message":"slow down"}]}', 'REGISTRY_UNAVAILABLE', 'too many requests'],
  ])('%i: %s', async (answer, text, code, says) => {
    status = answer;
    body = text;
    const { reference } = await named(registry);
    await expect(pushImage(engine, reference, { registry, stallMs: 1_000 })).rejects.toMatchObject({ code, message: expect.stringContaining(says) as string });
  });
});

it('speaks plain HTTP where the engine wants TLS: that is said, with what to do', async () => {
  // Only loopback addresses are exempt; this machine's name or another of its addresses is not.
  const server = createServer((_request, response) => response.end('{}')).listen(0, '0.0.0.0');
  await new Promise((resolve) => server.once('listening', resolve));
  try {
    const bridge = (await engine.docker.getNetwork('bridge').inspect()) as { IPAM: { Config: { Gateway?: string }[] } };
    const address = bridge.IPAM.Config[0]?.Gateway;
    expect(address).toBeDefined();
    const registry = parseRegistryUrl(`http://${address}:${(server.address() as AddressInfo).port}`);
    const { reference } = await named(registry);
    await expect(pushImage(engine, reference, { registry, stallMs: 5_000 })).rejects.toMatchObject({ code: 'IMAGE_PUSH_REFUSED', message: expect.stringContaining('insecure-registries') as string });
  } finally {
    server.close();
    server.closeAllConnections();
  }
});
