import 'reflect-metadata';
import { inflateSync } from 'node:zlib';
import { type VerifyJob, verifyJob } from '@osiris/contracts';
import { Screenshots, SCREENSHOT_SIZE } from '../src/screenshots/screenshots.service';
import type { RunnerEnv } from '../src/env';
import { eventually } from './hub-double';
import { newId, TestRunner, web } from './test-runner';

jest.setTimeout(90_000);

let runner: TestRunner;
beforeAll(async () => (runner = await TestRunner.start()));
afterAll(() => runner.stop());

async function verify(script: string, { changes, ...more }: Partial<VerifyJob> & { changes?: readonly string[] } = {}) {
  const job: VerifyJob = {
    attempt: 1,
    verificationId: `vrf_${newId()}`,
    appId: 'app_0000000000',
    buildId: 'bld_0000000000',
    slug: 'someone/app',
    imageReference: await runner.image(script, changes),
    port: null,
    healthPath: null,
    ...more,
  };
  await runner.hub.enqueue(verifyJob.subject, job);
  const fact = await eventually(() => runner.hub.verified.find(({ verificationId }) => verificationId === job.verificationId), 'the end of the run', 60_000);
  expect(await runner.sandboxes.listVerifications()).toEqual([]);
  return fact;
}

/** How many verification jobs wait to be delivered again. */
async function handedBack(): Promise<number> {
  const consumers = await (await runner.hub.nats.jetstreamManager()).consumers.list('JOBS').next();
  return consumers.find(({ config }) => config.filter_subject === verifyJob.subject)?.num_redelivered ?? 0;
}

const page = (body: string): string => `mkdir -p /tmp/www && echo '<body style="background:teal">${body}</body>' > /tmp/www/index.html && exec httpd -f -p 8080 -h /tmp/www`;
/** Width and height of a PNG (https://www.w3.org/TR/png-3/#11IHDR). */
const sizeOf = (png: Buffer) => ({ width: png.readUInt32BE(16), height: png.readUInt32BE(20) });

/** The picture's data, each row after a byte that says how it was filtered (https://www.w3.org/TR/png-3/#4Concepts.EncodingFiltering). */
function scanlinesOf(png: Buffer): Buffer {
  const data: Buffer[] = [];
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at)) {
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') data.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
  }
  return inflateSync(Buffer.concat(data));
}

describe('the first look at an image', () => {
  it('measures an app that comes up, takes its picture, and leaves nothing behind', async () => {
    const { seen, error } = await verify(page('<h1>Hello</h1>'));
    expect(error).toBeNull();
    expect(seen).toMatchObject({ port: 8080, readOnlyRoot: true });
    expect(seen!.bootMs).toBeGreaterThan(0);
    expect(seen!.memoryBytes).toBeGreaterThan(100_000);
    const png = runner.hub.pictures.get(seen!.screenshotArtifactId ?? '')!;
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    expect(sizeOf(png)).toEqual(SCREENSHOT_SIZE);
    // One colour all over would leave hardly any difference between neighbours, which is what the rows hold.
    expect(new Set(scanlinesOf(png)).size).toBeGreaterThan(20);
  });

  it('waits while launches take all places', async () => {
    await runner.down();
    await runner.up({ RUNNER_CAPACITY: '1' });
    const launch = await runner.launch(web(8080));
    await runner.hub.told(launch.launchId, 'running');
    const looked = verify(page('<h1>Hello</h1>'));
    await eventually(async () => ((await handedBack()) > 0 ? true : undefined), 'the job given back');
    expect(await runner.sandboxes.listVerifications()).toEqual([]);
    await runner.requestStop(launch);
    expect((await looked).seen).toMatchObject({ port: 8080 });
  });

  it('gives an app a root that it can write to where it needs one', async () => {
    const { seen } = await verify(web(8080));
    expect(seen).toMatchObject({ port: 8080, readOnlyRoot: false });
  });

  it('hears that an app which came up could not write', async () => {
    const { seen } = await verify(`(echo x > /data) 2>&1; ${page('up')}`);
    expect(seen).toMatchObject({ readOnlyRoot: false });
  });

  it('takes the picture of a page that never rests, and none of one that shows nothing', async () => {
    const restless = await verify(page('<p>clock</p><script>setInterval(function () { fetch("/?" + Math.random()) }, 20)</script>'));
    expect(runner.hub.pictures.has(restless.seen?.screenshotArtifactId ?? '')).toBe(true);
    const empty = await verify(page(''));
    expect(empty.seen).toMatchObject({ screenshotArtifactId: null });
  });

  it('removes what a runner has left that was killed', async () => {
    const { imageReference, ...job } = runner.job(await runner.image(page('left')));
    await runner.down();
    const { containerId } = await runner.sandboxes.create({ ...job, role: 'verification', id: `vrf_${newId()}`, image: imageReference, readOnlyRoot: true, engineCpus: 1 });
    await runner.sandboxes.start(containerId);
    await runner.up();
    await eventually(async () => ((await runner.sandboxes.listVerifications()).length === 0 ? true : undefined), 'its removal');
    expect(await runner.sandboxes.inspect(containerId)).toBeUndefined();
  });

  it('tells why an app does not come up, with its last lines', async () => {
    const { seen, error, lastLines } = await verify('echo no database >&2; exit 3');
    expect(seen).toBeNull();
    expect(error).toMatchObject({ code: 'APP_EXITED', message: expect.stringContaining('exit code 3') });
    expect(lastLines).toEqual(['no database']);
  });

  it('tells of an app that nobody can reach, and of an image that is gone', async () => {
    await runner.down();
    await runner.up({ LAUNCH_START_TIMEOUT_SECONDS: '2' });
    const silent = await verify('echo waiting; sleep 600');
    expect(silent).toMatchObject({ seen: null, error: { code: 'APP_NOT_LISTENING' }, lastLines: ['waiting'] });
    const gone = await verify('true', { imageReference: `osiris-test/${runner.hubId}:gone` });
    expect(gone).toMatchObject({ seen: null, error: { code: 'IMAGE_GONE' } });
  });
});

describe('the browser that shows a stranger’s app', () => {
  it('reaches nothing but the app', async () => {
    const asked: string[] = [];
    const { createServer } = await import('node:http');
    const listen = (name: string, body: string) => {
      const server = createServer((request, response) => {
        asked.push(`${name}${request.url}`);
        response.setHeader('access-control-allow-origin', '*').setHeader('content-type', 'text/html').end(body);
      });
      return new Promise<{ port: number; close: () => void }>((resolve) =>
        server.listen(0, '127.0.0.1', () => resolve({ port: (server.address() as { port: number }).port, close: () => server.close() })),
      );
    };
    const host = await listen('host', 'secret');
    const urls = [`http://127.0.0.1:${host.port}/a`, `http://localhost:${host.port}/b`, `http://[::1]:${host.port}/c`, `ws://127.0.0.1:${host.port}/d`];
    const app = await listen('app', `<p>app</p><iframe src="file:///etc/hostname"></iframe><img src="${urls[0]}"><script>${JSON.stringify(urls)}.forEach(function (url) { url.startsWith('ws') ? new WebSocket(url) : fetch(url).catch(function () {}) }); open(${JSON.stringify(urls[0])})</script>`);
    const screenshots = new Screenshots({ HUB_ID: runner.hubId, PATH: process.env['PATH'] ?? '' } as RunnerEnv, { info: () => undefined, warn: () => undefined } as never);
    const picture = await screenshots.take(`127.0.0.1:${app.port}`, new AbortController().signal);
    host.close();
    app.close();
    expect(picture).toBeDefined();
    expect(asked).toContain('app/');
    expect(asked.filter((url) => url.startsWith('host'))).toEqual([]);
  });
});
