import { createServer, request as httpRequest, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import { type ContextEntry, EngineConnection, EngineImages } from '../src';
import { contextOf, failureOf, realBuilds, unique } from './real-builds';

const label = `test-build-${process.pid}`;
const { engine, build, end } = realBuilds(label);
const images = new EngineImages(engine);
const containers = async (): Promise<number> => (await engine.docker.listContainers({ all: true, filters: JSON.stringify({ ancestor: ['osiris-test/build'] }) })).length;

afterAll(end);

describe('buildImage on a real engine', () => {
  it('says what ended a build whose context was still on its way', async () => {
    const dockerfile = `FROM busybox AS files\nCOPY . /x\nFROM busybox\nRUN exit 3 # ${unique()}\nCOPY --from=files /x /x`;
    const files = contextOf({ Dockerfile: dockerfile, 'slow.bin': 'x'.repeat(1_000) });
    async function* slowly(): AsyncGenerator<Buffer> {
      for (let sent = 0; sent < 1_000; sent++) {
        await setTimeout(20);
        yield Buffer.from('x');
      }
    }
    const context = { ...files, read: (entry: ContextEntry) => (entry.path === 'slow.bin' ? Readable.from(slowly(), { objectMode: false }) : files.read(entry)) };
    const run = await build(dockerfile, { context, builder: 'buildkit' });
    expect(failureOf(run)).toMatchObject({ code: 'RUN_FAILED', exitCode: 3 });
  });

  it('fails with what reading a file of the context fails with', async () => {
    const files = contextOf({ Dockerfile: 'FROM busybox\nCOPY . /x', 'a.txt': 'a' });
    const context = { ...files, read: (entry: ContextEntry) => (entry.path === 'a.txt' ? Readable.from((async function* () { await Promise.reject(new Error('the disk is gone')); yield Buffer.of(); })()) : files.read(entry)) }; // prettier-ignore
    await expect(build('FROM busybox\nCOPY . /x', { context, builder: 'buildkit' })).rejects.toThrow('the disk is gone');
  });

  it('builds, telling each step, and the image is found by its labels', async () => {
    const run = await build(`FROM busybox\nCOPY a.txt /a\nRUN cat /a; echo to stderr >&2; printf '10%%\\r100%%\\n'; echo ${unique()}\nEXPOSE 8080 53/udp 80`, { files: { 'a.txt': 'from the context\n' } });
    expect(run.outcome).toEqual({ status: 'succeeded', bases: [{ name: 'busybox' }] });
    expect(run.text).toMatch(/#\d+ \[\d\/3\] RUN cat/);
    expect(run.lines).toEqual(expect.arrayContaining([
      expect.objectContaining({ stream: 'stdout', text: 'from the context', step: expect.stringContaining('RUN cat') as string }),
      expect.objectContaining({ stream: 'stderr', text: 'to stderr' }),
      expect.objectContaining({ stream: 'stdout', text: '100%' }),
      expect.objectContaining({ stream: 'status', text: expect.stringMatching(/^#\d+ DONE \d+\.\ds$/) as string }),
    ]));
    const image = await images.findImage([`io.osiris.hub=${label}`, 'io.osiris.build=b1']);
    expect(image).toMatchObject({ references: [`osiris-test/build:${process.pid}`], ports: [80, 8080], labels: { 'io.osiris.hub': label } });
    expect(image?.id).toMatch(/^sha256:/);
    expect(image?.bytes).toBeGreaterThan(0);
    expect(await images.removeImage(`osiris-test/build:${process.pid}`)).toBe(true);
    expect(await images.removeImage(`osiris-test/build:${process.pid}`)).toBe(false);
    expect(await images.inspectImage(`osiris-test/build:${process.pid}`)).toBeNull();
  });

  it('names the line of a Dockerfile that does not parse', async () => {
    expect(failureOf(await build('FROM busybox\nRUNN x\n'))).toMatchObject({ code: 'DOCKERFILE_INVALID', line: 2 });
    expect(failureOf(await build(''))).toMatchObject({ code: 'DOCKERFILE_INVALID' });
  });

  it('tells which command failed, how, and what it last said', async () => {
    const run = await build(`FROM busybox\nRUN echo ${unique()}; echo the reason >&2; exit 7\n`);
    expect(failureOf(run)).toMatchObject({ code: 'RUN_FAILED', exitCode: 7, step: expect.stringContaining('RUN echo') as string, lastLines: expect.arrayContaining(['the reason']) as string[] });
  });

  it('tells which file and which base image are missing', async () => {
    expect(failureOf(await build('FROM busybox\nCOPY nope.txt /\n'))).toMatchObject({ code: 'COPY_SOURCE_MISSING', source: 'nope.txt' });
    expect(failureOf(await build('FROM nowhere.invalid/x:1\n'))).toMatchObject({ code: 'BASE_IMAGE_UNAVAILABLE', image: 'nowhere.invalid/x:1' });
  });

  it('ends what never ends: by time', async () => {
    expect(failureOf(await build(`FROM busybox\nRUN echo ${unique()}; sleep 1000\n`, { timeoutMs: 2_000 }))).toMatchObject({ code: 'BUILD_TIMEOUT' });
    expect(await containers()).toBe(0);
  });

  it('ends what never ends: by cancel', async () => {
    const controller = new AbortController();
    const run = await build(`FROM busybox\nRUN echo begun ${unique()}; sleep 1000\n`, {
      signal: controller.signal,
      onLine: (line) => {
        if (line.text.startsWith('begun')) controller.abort();
      },
    });
    expect(failureOf(run)).toMatchObject({ code: 'BUILD_CANCELED' });
    expect(await containers()).toBe(0);
  });

  it('gives no network where none is allowed', async () => {
    const run = await build(`FROM busybox\nRUN echo ${unique()}; ls /sys/class/net\n`);
    expect(run.lines.filter((line) => line.stream === 'stdout').map((line) => line.text)).toEqual(expect.arrayContaining(['lo']));
    expect(run.text).not.toMatch(/^eth0$/m);
  });
});

describe('an engine without BuildKit', () => {
  let server: Server;
  let old: EngineConnection;
  beforeAll(async () => {
    const socketPath = (process.env['DOCKER_HOST'] ?? 'unix:///var/run/docker.sock').replace(/^unix:\/\//, '');
    // The real engine behind a door that knows no sessions, as engines before 18.09 and others that speak its language.
    server = createServer((request, response) => {
      const forwarded = httpRequest({ socketPath, path: request.url, method: request.method, headers: request.headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 500, answer.headers);
        answer.pipe(response);
      });
      response.on('close', () => forwarded.destroy());
      forwarded.on('error', () => response.destroy());
      request.pipe(forwarded);
    });
    server.on('upgrade', (_, socket) => socket.end('HTTP/1.1 404 Not Found\r\nContent-Type: application/json\r\nContent-Length: 28\r\nConnection: close\r\n\r\n{"message":"page not found"}'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    old = new EngineConnection({ dockerHost: `tcp://127.0.0.1:${(server.address() as AddressInfo).port}` });
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  it('builds with the classic builder, told in the same way', async () => {
    const run = await build(`FROM busybox\nRUN echo out ${unique()}; echo err >&2\n`, { on: old, tag: `osiris-test/classic:${process.pid}` });
    expect(run.outcome).toEqual({ status: 'succeeded', bases: [{ name: 'busybox' }] });
    expect(run.lines).toEqual(expect.arrayContaining([
      expect.objectContaining({ stream: 'status', text: expect.stringMatching(/^#2 \[2\/\d\] RUN echo/) as string }),
      expect.objectContaining({ stream: 'stdout', text: expect.stringMatching(/^out /) as string, step: expect.stringContaining('RUN echo') as string }),
      expect.objectContaining({ stream: 'stderr', text: 'err' }),
    ]));
  });

  it('classifies its failures, and leaves no container', async () => {
    expect(failureOf(await build('FROM busybox\nRUNN x\n', { on: old }))).toMatchObject({ code: 'DOCKERFILE_INVALID', line: 2 });
    expect(failureOf(await build(`FROM busybox\nRUN echo ${unique()}; exit 7\n`, { on: old }))).toMatchObject({ code: 'RUN_FAILED', exitCode: 7 });
    expect(failureOf(await build('FROM busybox\nCOPY nope.txt /\n', { on: old }))).toMatchObject({ code: 'COPY_SOURCE_MISSING', source: 'nope.txt' });
    expect(failureOf(await build('FROM nowhere.invalid/x:1\n', { on: old }))).toMatchObject({ code: 'BASE_IMAGE_UNAVAILABLE', image: 'nowhere.invalid/x:1' });
    expect(failureOf(await build(`FROM busybox\nRUN echo ${unique()}; sleep 1000\n`, { on: old, timeoutMs: 2_000 }))).toMatchObject({ code: 'BUILD_TIMEOUT' });
  });
});

describe('no engine', () => {
  const absent = new EngineConnection({ dockerHost: 'unix:///nonexistent/docker.sock' });
  it('is ENGINE_UNAVAILABLE', async () => {
    await expect(absent.ping()).rejects.toMatchObject({ code: 'ENGINE_UNAVAILABLE' });
    await expect(new EngineImages(absent).inspectImage('x')).rejects.toMatchObject({ code: 'ENGINE_UNAVAILABLE' });
    await expect(new EngineImages(new EngineConnection({ dockerHost: 'tcp://127.0.0.1:5292' })).listImages([])).rejects.toMatchObject({ code: 'ENGINE_UNAVAILABLE' });
  });
});
