import { createHash, randomBytes } from 'node:crypto';
import { request } from 'node:http';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { artifactDownloadSign, artifactRemovalJob, artifactStored, artifactUploadSign, type Problem, portOf } from '@osiris/contracts';
import { decodeJson, Nats, Requests, type RunningService, Uploads } from '@osiris/service-kit';
import { freePort, startNats, type TestNats } from '@osiris/testing';
import { type Env, envSchema } from '../src/env';
import { startArtifact } from '../src/start-artifact';
import { wire } from './wire';

const MAX_BYTES = 1_000_000;
const owner = { appId: 'app_0123456789', buildId: 'bld_0123456789' };
const sha256 = (bytes: Buffer | string) => createHash('sha256').update(bytes).digest('hex');

let nats: TestNats;
let home: string;
let env: Env;
let service: RunningService;
let base: string;
const stored: unknown[] = [];

beforeAll(async () => {
  nats = await startNats();
  home = await mkdtemp(join(tmpdir(), 'osiris-artifact-'));
  const port = (await freePort()) - 104;
  env = envSchema.parse({ NATS_URL: nats.url, PORT: port, OSIRIS_HOME: home, LOG_LEVEL: 'fatal', SIGNING_KEYS: 'k'.repeat(32), ARTIFACT_MAX_BYTES: MAX_BYTES });
  service = await startArtifact(env, { signals: false });
  base = `http://127.0.0.1:${portOf('artifact', port)}`;
  const { connection } = service.app.get(Nats);
  connection.subscribe(artifactStored.subject, {
    callback: (_error, message) => {
      const decoded = decodeJson(message.data);
      if ('value' in decoded) stored.push(decoded.value);
    },
  });
}, 30_000);
afterAll(async () => {
  await service?.close();
  await nats?.stop();
  await rm(home, { recursive: true, force: true });
});

const sign = (contentType = 'text/plain', contentEncoding?: 'gzip') =>
  service.app.get(Requests).send(artifactUploadSign, { kind: 'build-log', owner, contentType, contentEncoding });
const put = (url: string, body: string | Buffer, headers: Record<string, string> = {}) =>
  fetch(url, { method: 'PUT', body: new Uint8Array(Buffer.from(body)), headers });
const problem = async (response: Response) => {
  expect(response.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
  return (await response.json()) as Problem;
};
async function uploaded(body: string | Buffer, contentType = 'text/plain', filename?: string): Promise<{ id: string; key: string; url: string }> {
  const { id, uploadUrl } = await sign(contentType);
  expect((await put(uploadUrl, body)).status).toBe(200);
  const key = `artifacts/${owner.appId}/${id}`;
  const { url } = await service.app.get(Requests).send(artifactDownloadSign, { objectKey: key, contentType, filename });
  return { id, key, url: base + url };
}

describe('uploading', () => {
  it('stores, hashes, reports and answers what was put', async () => {
    const { id, uploadUrl } = await sign();
    const response = await put(uploadUrl, 'line 1\nline 2\n', { 'content-type': 'text/plain' });
    expect(response.status).toBe(200);
    const expected = { id, bytes: 14, sha256: sha256('line 1\nline 2\n') };
    expect(await response.json()).toEqual(expected);
    expect(stored.at(-1)).toMatchObject({ ...expected, kind: 'build-log', owner, contentType: 'text/plain', objectKey: `artifacts/${owner.appId}/${id}` });
  });

  it.each(['application/json', 'text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'nonsense', ''])(
    'takes the bytes as they are, whatever type is claimed (%j)',
    async (type) => {
      const { uploadUrl } = await sign('application/json');
      const response = await put(uploadUrl, '{"not json', { 'content-type': type });
      expect(await response.json()).toMatchObject({ bytes: 10, sha256: sha256('{"not json') });
    },
  );

  it('takes an empty object', async () => {
    const { uploadUrl } = await sign();
    expect(await (await put(uploadUrl, '')).json()).toMatchObject({ bytes: 0, sha256: sha256('') });
  });

  it('works through the kit that the workers use', async () => {
    const bytes = randomBytes(300_000);
    expect(await service.app.get(Uploads).put({ kind: 'launch-log', owner, contentType: 'text/plain' }, bytes)).toMatchObject({ bytes: 300_000, sha256: sha256(bytes) });
  });

  it('answers the same bytes again the same, and refuses others', async () => {
    const { uploadUrl } = await sign();
    const first = await (await put(uploadUrl, 'same')).json();
    expect(await (await put(uploadUrl, 'same')).json()).toEqual(first);
    const other = await put(uploadUrl, 'other');
    expect(other.status).toBe(409);
    expect(await problem(other)).toMatchObject({ code: 'CONFLICT', status: 409 });
    expect(await (await put(uploadUrl, 'same')).json()).toEqual(first);
  });

  it('stores one of two uploads that race for an id', async () => {
    const { uploadUrl } = await sign();
    const answers = await Promise.all(['a', 'b'].map((body) => put(uploadUrl, body.repeat(100_000))));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  it('refuses an id, a token or a time that was not signed', async () => {
    const one = await sign();
    const two = await sign();
    const token = new URL(two.uploadUrl).searchParams.get('token') ?? '';
    for (const url of [`${base}/uploads/${one.id}?token=${token}`, `${base}/uploads/${two.id}`, `${two.uploadUrl}x`, `${base}/uploads/${two.id}?token=a&token=${token}`]) {
      const response = await put(url, 'x');
      expect(response.status).toBe(403);
      expect(await problem(response)).toMatchObject({ code: 'SIGNATURE_INVALID' });
    }
  });

  it('refuses what is too large, declared or not, and keeps the connection usable', async () => {
    const { uploadUrl, id } = await sign();
    const declared = await put(uploadUrl, Buffer.alloc(MAX_BYTES + 1));
    expect(await problem(declared)).toMatchObject({ code: 'OBJECT_TOO_LARGE', status: 413 });
    const chunk = new Uint8Array(MAX_BYTES / 10);
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        for (let i = 0; i < 30; i++) controller.enqueue(chunk);
        controller.close();
      },
    });
    const undeclared = await fetch(uploadUrl, { method: 'PUT', body, duplex: 'half' } as RequestInit);
    expect(await problem(undeclared)).toMatchObject({ code: 'OBJECT_TOO_LARGE' });
    expect((await put(uploadUrl, Buffer.alloc(MAX_BYTES))).status).toBe(200);
    expect(stored.filter((fact) => (fact as { id: string }).id === id)).toHaveLength(1);
  });

  it('keeps nothing of an upload whose sender goes away', async () => {
    const { uploadUrl } = await sign();
    await new Promise<void>((resolve) => {
      const cut = request(uploadUrl, { method: 'PUT', headers: { 'content-length': 1000 } });
      cut.once('error', () => resolve());
      cut.write('some');
      setTimeout(() => cut.destroy(new Error('gone')), 200);
    });
    const response = await put(uploadUrl, 'whole');
    expect(await response.json()).toMatchObject({ bytes: 5 });
  });
});

describe('downloading from the folder store', () => {
  it('gives the object with headers that let nothing in it run', async () => {
    const { url } = await uploaded('<script>alert(1)</script>', 'text/html', 'a.html');
    const response = await fetch(url);
    expect(response.status).toBe(200);
    expect(await response.text()).toBe('<script>alert(1)</script>');
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'content-disposition': `attachment; filename="a.html"; filename*=UTF-8''a.html`,
      'x-content-type-options': 'nosniff',
      'content-security-policy': "sandbox; default-src 'none'",
      'content-length': '25',
    });
  });

  it('shows plain text inline', async () => {
    const { url } = await uploaded('log', 'text/plain', 'build.log');
    expect((await fetch(url)).headers.get('content-disposition')).toMatch(/^inline; /);
  });

  it('answers ranges', async () => {
    const { url } = await uploaded('0123456789');
    const part = await fetch(url, { headers: { range: 'bytes=3-5' } });
    expect([part.status, part.headers.get('content-range'), await part.text()]).toEqual([206, 'bytes 3-5/10', '345']);
    const none = await fetch(url, { headers: { range: 'bytes=10-' } });
    expect([none.status, none.headers.get('content-range')]).toEqual([416, 'bytes */10']);
    const head = await fetch(url, { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length')]).toEqual([200, '10']);
  });

  it('gives compressed objects as they are, or decoded to who does not take gzip', async () => {
    const text = 'a line of a log\n'.repeat(50_000);
    const packed = gzipSync(text);
    const { id, uploadUrl } = await sign('text/plain', 'gzip');
    expect(await (await put(uploadUrl, packed)).json()).toEqual({ id, bytes: packed.length, sha256: sha256(packed) });
    expect(stored.at(-1)).toMatchObject({ id, contentEncoding: 'gzip', bytes: packed.length });
    const objectKey = `artifacts/${owner.appId}/${id}`;
    const { url } = await service.app.get(Requests).send(artifactDownloadSign, { objectKey, contentType: 'text/plain', contentEncoding: 'gzip' });

    const asked = await wire(base + url, { headers: { 'accept-encoding': 'gzip' } });
    expect(asked.headers).toMatchObject({ 'content-encoding': 'gzip', 'content-length': String(packed.length), vary: 'accept-encoding' });
    expect(asked.body.equals(packed)).toBe(true);
    expect(gunzipSync(asked.body).toString()).toBe(text);
    const part = await wire(base + url, { headers: { 'accept-encoding': 'gzip', range: 'bytes=10-' } });
    expect([part.status, part.body.equals(packed.subarray(10))]).toEqual([206, true]);

    const decoded = await wire(base + url, { headers: { range: 'bytes=0-3' } });
    expect([decoded.status, decoded.headers['content-encoding'], decoded.headers['accept-ranges']]).toEqual([200, undefined, 'none']);
    expect(decoded.body.toString()).toBe(text);
  });

  it('cuts an answer off where what is stored is not what it was said to be', async () => {
    const { id, uploadUrl } = await sign('text/plain', 'gzip');
    await put(uploadUrl, gzipSync(randomBytes(200_000)).subarray(0, 150_000));
    const objectKey = `artifacts/${owner.appId}/${id}`;
    const { url } = await service.app.get(Requests).send(artifactDownloadSign, { objectKey, contentType: 'text/plain', contentEncoding: 'gzip' });
    await expect(wire(base + url)).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect((await fetch(`${base}/readyz`)).status).toBe(200);
  });

  it('gives empty objects', async () => {
    const { url } = await uploaded('');
    const response = await fetch(url);
    expect([response.status, await response.text()]).toEqual([200, '']);
  });

  it('refuses URLs that were changed', async () => {
    const { url } = await uploaded('secret', 'text/plain');
    const { url: otherUrl } = await uploaded('other');
    for (const [name, value] of [['expires', '99999999999'], ['type', 'text/html'], ['name', 'x'], ['signature', 'x']] as const) {
      const changed = new URL(url);
      changed.searchParams.set(name, value);
      expect(await problem(await fetch(changed))).toMatchObject({ code: 'SIGNATURE_INVALID', status: 403 });
    }
    const swapped = new URL(url);
    swapped.pathname = new URL(otherUrl).pathname;
    expect((await fetch(swapped)).status).toBe(403);
    expect((await fetch(`${base}/objects/..%2f..%2fetc%2fpasswd?expires=1&signature=x`)).status).toBe(404);
    expect((await fetch(`${base}/objects/`)).status).toBe(404);
  });
});

describe('removing', () => {
  it('removes the objects of an app, and does not mind what is gone', async () => {
    const { id, key, url } = await uploaded('x');
    const artifacts = [{ id, objectKey: key }, { id: 'art_gone', objectKey: `artifacts/${owner.appId}/art_gone` }];
    await service.app.get(Nats).publish(artifactRemovalJob.subject, { appId: owner.appId, artifacts }, { msgId: 'removal-1' });
    for (let tries = 0; tries < 50 && (await fetch(url)).status !== 404; tries++) await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await problem(await fetch(url))).toMatchObject({ code: 'NOT_FOUND' });
  }, 10_000);
});

describe('health', () => {
  it('says that the store answers and how fast', async () => {
    const response = await fetch(`${base}/readyz`);
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ status: 'ready', dependencies: { 'object-store': { status: 'up', message: 'local folder', latencyMs: expect.any(Number) } } });
  });

  it('answers nothing else', async () => {
    expect((await fetch(`${base}/nothing`)).status).toBe(404);
    expect((await fetch(`${base}/uploads/x`)).status).toBe(404);
  });
});

describe('with a store that is away', () => {
  it('says so in /readyz and answers STORE_UNAVAILABLE', async () => {
    const port = (await freePort()) - 104;
    const away = await startArtifact({ ...env, PORT: port, S3_ENDPOINT: 'http://127.0.0.1:9', S3_ACCESS_KEY: 'key', S3_SECRET_KEY: 'secret' }, { signals: false });
    try {
      const url = `http://127.0.0.1:${portOf('artifact', port)}`;
      const ready = await fetch(`${url}/readyz`);
      expect(ready.status).toBe(503);
      expect(await ready.json()).toMatchObject({ status: 'unready', dependencies: { 'object-store': { status: 'down', message: expect.stringContaining('ECONNREFUSED') } } });
      const { uploadUrl } = await sign();
      const moved = new URL(uploadUrl);
      moved.port = new URL(url).port;
      const response = await put(moved.toString(), 'x');
      expect(response.headers.get('retry-after')).toBe('5');
      expect(await problem(response)).toMatchObject({ code: 'STORE_UNAVAILABLE', status: 503 });
    } finally {
      await away.close();
    }
  }, 15_000);
});
