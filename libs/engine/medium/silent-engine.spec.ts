import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { engineHost } from '../src/containers/engine-host';
import { Sandboxes } from '../src/containers/sandboxes';
import { EngineConnection } from '../src/engine-connection';
import { EngineImages } from '../src/images/engine-images';

describe('an engine that takes every request and answers none', () => {
  const sockets = new Set<Socket>();
  let folder: string;
  let server: Server;
  let engine: EngineConnection;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'osiris-silent-'));
    server = createServer((socket) => sockets.add(socket.on('error', () => socket.destroy()))).listen(join(folder, 'docker.sock'));
    await once(server, 'listening');
    engine = new EngineConnection({ dockerHost: `unix://${join(folder, 'docker.sock')}`, askTimeoutMs: 200 });
  });
  afterAll(async () => {
    for (const socket of sockets) socket.destroy();
    server.close();
    await rm(folder, { recursive: true });
  });

  const questions: [string, () => Promise<unknown>][] = [
    ['list of containers', () => new Sandboxes(engine, 'hub').list()],
    ['look at a container', () => new Sandboxes(engine, 'hub').find('lch_1')],
    ['look at an image', () => new Sandboxes(engine, 'hub').imageFacts('some:image')],
    ['list of images', () => new EngineImages(engine).listImages(['a=b'])],
    ['look at its machine', () => engineHost(engine)],
  ];
  it.each(questions)('is given up for the %s', async (_name, question) => {
    await expect(question()).rejects.toMatchObject({ code: 'ENGINE_UNAVAILABLE' });
  });
});
