import { createHash, randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { type S3Server, startS3 } from '@osiris/testing';
import { DownloadUrls } from '../src/downloads/download-urls';
import { FolderObjectStore } from '../src/objects/folder-object-store';
import { BodyInterrupted } from '../src/objects/measured';
import type { ObjectStore } from '../src/objects/object-store';
import { S3ObjectStore } from '../src/objects/s3-object-store';
import { SigningKeys } from '../src/signatures/signing-keys';

const MEGABYTE = 1024 * 1024;
const urls = new DownloadUrls(new SigningKeys(['k'.repeat(32)]));
const text = { contentType: 'text/plain', maxBytes: 64 * MEGABYTE };
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
const code = (value: string) => expect.objectContaining({ code: value });

let s3: S3Server;
let folder: string;
let folderStore: FolderObjectStore;
let s3Store: S3ObjectStore;
const s3With = (options: object = {}) =>
  S3ObjectStore.open({ endpoint: s3.endpoint, bucket: 'osiris-test', region: s3.region, accessKey: s3.accessKey, secretKey: s3.secretKey, ...options });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'osiris-objects-'));
  folderStore = new FolderObjectStore(folder, urls);
  await folderStore.open();
  s3 = await startS3();
  s3Store = await s3With();
}, 120_000);
afterAll(async () => {
  await s3?.stop();
  await rm(folder, { recursive: true, force: true });
});

describe.each([
  ['a folder', () => folderStore as ObjectStore],
  ['a real S3', () => s3Store as ObjectStore],
])('the contract of an object store, in %s', (_kind, theStore) => {
  let key: string;
  beforeEach(() => (key = `artifacts/app_test/art_${randomBytes(8).toString('hex')}`));

  it('answers its check', async () => {
    await theStore().check();
  }, 30_000);

  it.each([0, 1, 70_000, 8 * MEGABYTE, 8 * MEGABYTE + 1, 21 * MEGABYTE])('gives back the %d bytes that were put', async (size) => {
    const bytes = randomBytes(size);
    const stored = await theStore().put(key, Readable.from(size === 0 ? [] : [bytes], { objectMode: false }), text);
    expect(stored).toEqual({ bytes: size, sha256: sha256(bytes) });
    expect(await theStore().stat(key)).toEqual({ bytes: size });
    expect(sha256(await buffer(await theStore().get(key)))).toBe(sha256(bytes));
  }, 30_000);

  it('gives a range, both ends included', async () => {
    await theStore().put(key, Readable.from(Buffer.from('0123456789')), text);
    expect(String(await buffer(await theStore().get(key, { start: 2, end: 4 })))).toBe('234');
    expect(String(await buffer(await theStore().get(key, { start: 9, end: 9 })))).toBe('9');
    expect(String(await buffer(await theStore().get(key, { start: 0, end: 9 })))).toBe('0123456789');
  });

  it('replaces what was under the key', async () => {
    await theStore().put(key, Readable.from(Buffer.from('longer than before')), text);
    await theStore().put(key, Readable.from(Buffer.from('new')), text);
    expect(String(await buffer(await theStore().get(key)))).toBe('new');
  });

  it('knows what is not there', async () => {
    expect(await theStore().stat(key)).toBeNull();
    await expect(theStore().get(key)).rejects.toEqual(code('NOT_FOUND'));
    await theStore().delete(key);
  });

  it('deletes, twice if need be', async () => {
    await theStore().put(key, Readable.from(Buffer.from('x')), text);
    await theStore().delete(key);
    await theStore().delete(key);
    expect(await theStore().stat(key)).toBeNull();
  });

  it.each([10, 20 * MEGABYTE])('keeps nothing of an object larger than %d bytes', async (maxBytes) => {
    const chunk = Buffer.alloc(Math.min(maxBytes, MEGABYTE));
    const body = Readable.from((function* () { for (let sent = 0; sent <= maxBytes; sent += chunk.length) yield chunk; })(), { objectMode: false });
    await expect(theStore().put(key, body, { ...text, maxBytes })).rejects.toEqual(code('OBJECT_TOO_LARGE'));
    expect(await theStore().stat(key)).toBeNull();
  });

  it.each([3, 12])('keeps nothing of a body that breaks off after %d MB', async (megabytes) => {
    const body = Readable.from(
      (async function* () {
        for (let sent = 0; sent < megabytes; sent++) yield Buffer.alloc(MEGABYTE);
        throw Object.assign(new Error('aborted'), { code: 'ECONNRESET' });
      })(),
      { objectMode: false },
    );
    await expect(theStore().put(key, body, text)).rejects.toBeInstanceOf(BodyInterrupted);
    expect(await theStore().stat(key)).toBeNull();
  });

  it.each(['../outside', '/etc/passwd', 'a/../../outside', '.incoming/x', 'a\0b'])('takes no key like %j', async (bad) => {
    await expect(theStore().put(bad, Readable.from(Buffer.from('x')), text)).rejects.toEqual(code('NOT_FOUND'));
    await expect(theStore().get(bad)).rejects.toEqual(code('NOT_FOUND'));
    expect(await theStore().stat(bad)).toBeNull();
    await theStore().delete(bad);
  });

  it('holds a bounded part of a large object in memory', async () => {
    const chunk = Buffer.alloc(MEGABYTE, 7);
    let peak = 0;
    const before = process.memoryUsage().arrayBuffers + process.memoryUsage().external;
    const body = Readable.from(
      (async function* () {
        for (let sent = 0; sent < 200; sent++) {
          const { arrayBuffers, external } = process.memoryUsage();
          peak = Math.max(peak, arrayBuffers + external - before);
          yield Buffer.from(chunk);
        }
      })(),
      { objectMode: false },
    );
    await theStore().put(key, body, { ...text, maxBytes: 300 * MEGABYTE });
    await theStore().delete(key);
    expect(peak).toBeLessThan(150 * MEGABYTE);
  }, 60_000);
});

describe('the folder store', () => {
  it('leaves nothing half written, and removes what a dead process left', async () => {
    const incoming = join(folder, '.incoming');
    expect(await readdir(incoming)).toEqual([]);
    await writeFile(join(incoming, 'old'), 'x');
    await writeFile(join(incoming, 'new'), 'x');
    await utimes(join(incoming, 'old'), 0, 0);
    await new FolderObjectStore(folder, urls).open();
    expect(await readdir(incoming)).toEqual(['new']);
  });

  it('follows no symbolic link out of its folder', async () => {
    const outside = await mkdtemp(join(tmpdir(), 'osiris-outside-'));
    await writeFile(join(outside, 'secret'), 'secret');
    await mkdir(join(folder, 'artifacts'), { recursive: true });
    await symlink(outside, join(folder, 'artifacts', 'out'));
    await symlink(join(outside, 'secret'), join(folder, 'artifacts', 'link'));
    for (const bad of ['artifacts/out/secret', 'artifacts/link']) await expect(folderStore.get(bad)).rejects.toEqual(code('NOT_FOUND'));
    await expect(folderStore.put('artifacts/out/new', Readable.from(Buffer.from('x')), text)).rejects.toEqual(code('NOT_FOUND'));
    await folderStore.delete('artifacts/out/secret');
    expect(await readFile(join(outside, 'secret'), 'utf8')).toBe('secret');
    await rm(outside, { recursive: true });
  });

  it('says that the store is unavailable where its folder cannot be used', async () => {
    const file = join(folder, 'a-file');
    await writeFile(file, '');
    const broken = new FolderObjectStore(join(file, 'objects'), urls);
    await expect(broken.check()).rejects.toEqual(code('STORE_UNAVAILABLE'));
    await expect(broken.put('x', Readable.from(Buffer.from('x')), text)).rejects.toEqual(code('STORE_UNAVAILABLE'));
  });
});

describe('the S3 store', () => {
  it('signs URLs that need no credentials, carry type and name, and expire', async () => {
    const key = 'artifacts/app_test/art_signed';
    await s3Store.put(key, Readable.from(Buffer.from('<b>hello</b>')), { contentType: 'text/html', maxBytes: 100 });
    const answer = await fetch(await s3Store.signDownload(key, 60, { contentType: 'text/html', filename: 'a b.html' }));
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(answer.headers.get('content-disposition')).toBe(`attachment; filename="a b.html"; filename*=UTF-8''a%20b.html`);
    expect(await answer.text()).toBe('<b>hello</b>');

    const changed = new URL(await s3Store.signDownload(key, 60, { contentType: 'text/html' }));
    changed.searchParams.set('response-content-disposition', 'inline');
    expect((await fetch(changed)).status).toBe(403);
    const short = await s3Store.signDownload(key, 1, { contentType: 'text/html' });
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    expect((await fetch(short)).status).toBe(403);
  }, 15_000);

  it('gives nothing without a signature', async () => {
    expect((await fetch(`${s3.endpoint}/osiris-test/artifacts/app_test/art_signed`)).status).toBe(403);
  });

  it.each([
    ['a wrong secret', { secretKey: 'wrong-secret-wrong-secret' }],
    ['nobody listening', { endpoint: 'http://127.0.0.1:9' }],
  ])('says that the store is unavailable with %s', async (_what, options) => {
    const store = await s3With(options);
    await expect(store.check()).rejects.toEqual(code('STORE_UNAVAILABLE'));
    await expect(store.put('artifacts/x', Readable.from(Buffer.from('x')), text)).rejects.toEqual(code('STORE_UNAVAILABLE'));
    await expect(store.get('artifacts/x')).rejects.toEqual(code('STORE_UNAVAILABLE'));
  });

  it('makes its bucket, again if it was removed', async () => {
    const store = await s3With({ bucket: 'osiris-other' });
    await store.put('artifacts/x', Readable.from(Buffer.from('x')), text);
    expect(await store.stat('artifacts/x')).toEqual({ bytes: 1 });
  }, 15_000);
});
