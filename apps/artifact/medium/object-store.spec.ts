import { mkdir, mkdtemp, readdir, readFile, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { type S3Server, startS3 } from '@osiris/testing';
import { DownloadUrls } from '../src/downloads/download-urls';
import { FolderObjectStore } from '../src/objects/folder-object-store';
import { S3ObjectStore } from '../src/objects/s3-object-store';
import { SigningKeys } from '../src/signatures/signing-keys';
import { ServiceUnderTest } from './service-under-test';
import { describeSignedUrls } from './signed-urls';
import { describeStore } from './store-contract';
import { describeOutage } from './store-outage';
import { TcpProxy } from './tcp-proxy';
import { wire } from './wire';

// One file for all that needs an S3: its three daemons take ten seconds to start.
const urls = new DownloadUrls(new SigningKeys(['k'.repeat(32)]));
const text = { contentType: 'text/plain', maxBytes: 1000 };
const code = (value: string) => expect.objectContaining({ code: value });
const body = (content: string) => Readable.from(Buffer.from(content));

let s3: S3Server;
let proxy: TcpProxy;
let folder: string;
let folderStore: FolderObjectStore;
let s3Store: S3ObjectStore;
let folderService: ServiceUnderTest;
let s3Service: ServiceUnderTest;
const s3Options = (options: object = {}) => {
  const { endpoint, region, accessKey, secretKey } = s3;
  return { endpoint, bucket: 'osiris-test', region, accessKey, secretKey, silenceMs: 20_000, ...options };
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'osiris-objects-'));
  folderStore = new FolderObjectStore(folder, urls);
  s3 = await startS3();
  s3Store = await S3ObjectStore.open(s3Options());
  proxy = await TcpProxy.before(Number(new URL(s3.endpoint).port));
  folderService = await ServiceUnderTest.start();
  s3Service = await ServiceUnderTest.start({
    S3_ENDPOINT: `http://127.0.0.1:${proxy.port}`,
    S3_ACCESS_KEY: s3.accessKey,
    S3_SECRET_KEY: s3.secretKey,
    // A store that is silent for a minute is given up like one that is silent for this long.
    S3_TIMEOUT_SECONDS: '1',
  });
}, 120_000);
afterAll(async () => {
  await s3Service?.stop();
  await folderService?.stop();
  await proxy?.refuse();
  await s3?.stop();
  await rm(folder, { recursive: true, force: true });
});

describeStore('a folder', { store: () => folderStore, child: () => ({ kind: 'folder', options: { folder } }) });
describeStore('a real S3', { store: () => s3Store, child: () => ({ kind: 's3', options: s3Options() }) });
describeSignedUrls('a folder', { service: () => folderService, refusedAs: 'problem' });
describeSignedUrls('a real S3', { service: () => s3Service, refusedAs: 'xml' });
describeOutage({ service: () => s3Service, proxy: () => proxy });

describe('the folder store', () => {
  it('leaves nothing half written, and removes what a dead process left', async () => {
    const incoming = join(folder, '.incoming');
    expect(await readdir(incoming)).toEqual([]);
    await writeFile(join(incoming, 'old'), 'x');
    await writeFile(join(incoming, 'new'), 'x');
    await utimes(join(incoming, 'old'), 0, 0);
    expect(await folderStore.removeAbandoned(new Date(Date.now() - 1000_000))).toBe(1);
    expect(await readdir(incoming)).toEqual(['new']);
    await rm(join(incoming, 'new'));
  });

  it('gives the whole object where several ranges are asked for', async () => {
    const { key } = await folderService.upload(Buffer.from('0123456789'));
    const { status, body: whole, headers } = await wire(await folderService.signed(key), { headers: { range: 'bytes=0-1,5-6' } });
    expect([status, String(whole), headers['content-range']]).toEqual([200, '0123456789', undefined]);
  });

  it('follows no symbolic link out of its folder', async () => {
    const outside = await mkdtemp(join(tmpdir(), 'osiris-outside-'));
    await writeFile(join(outside, 'secret'), 'secret');
    await mkdir(join(folder, 'artifacts'), { recursive: true });
    await symlink(outside, join(folder, 'artifacts', 'out'));
    await symlink(join(outside, 'secret'), join(folder, 'artifacts', 'link'));
    for (const bad of ['artifacts/out/secret', 'artifacts/link']) await expect(folderStore.get(bad)).rejects.toEqual(code('NOT_FOUND'));
    await expect(folderStore.put('artifacts/out/new', body('x'), text)).rejects.toEqual(code('NOT_FOUND'));
    await folderStore.delete('artifacts/out/secret');
    expect(await readFile(join(outside, 'secret'), 'utf8')).toBe('secret');
    await rm(outside, { recursive: true });
  });

  it('says that the store is unavailable where its folder cannot be used', async () => {
    const file = join(folder, 'a-file');
    await writeFile(file, '');
    const broken = new FolderObjectStore(join(file, 'objects'), urls);
    await expect(broken.check()).rejects.toEqual(code('STORE_UNAVAILABLE'));
    await expect(broken.put('x', body('x'), text)).rejects.toEqual(code('STORE_UNAVAILABLE'));
  });
});

describe('the S3 store', () => {
  it('keeps type and compression with the object', async () => {
    const key = 'artifacts/app_test/art_described';
    await s3Store.put(key, body('<b>'), { contentType: 'text/html; charset=latin1', contentEncoding: 'gzip', maxBytes: 100 });
    // Signed by another client, without anything that overrides what is stored.
    const { Client } = await import('minio');
    const { hostname, port } = new URL(s3.endpoint);
    const client = new Client({ endPoint: hostname, port: Number(port), useSSL: false, accessKey: s3.accessKey, secretKey: s3.secretKey, region: s3.region });
    const { headers } = await wire(await client.presignedGetObject('osiris-test', key, 60));
    expect(headers).toMatchObject({ 'content-type': 'text/html', 'content-encoding': 'gzip' });
  });

  it('gives nothing without a signature', async () => {
    expect((await fetch(`${s3.endpoint}/osiris-test/artifacts/app_test/art_described`)).status).toBe(403);
  });

  it.each([
    ['a wrong secret', { secretKey: 'wrong-secret-wrong-secret' }, /refuses this hub's credentials \(AccessDenied\)|\(SignatureDoesNotMatch\)/],
    ['a user that it does not know', { accessKey: 'nobody' }, /refuses this hub's credentials \(InvalidAccessKeyId|AccessDenied\)/],
    ['nobody listening', { endpoint: 'http://127.0.0.1:9' }, /ECONNREFUSED/],
  ])('says that the store is unavailable with %s, and why', async (_what, options, why) => {
    const store = await S3ObjectStore.open(s3Options(options));
    const unavailable = expect.objectContaining({ code: 'STORE_UNAVAILABLE', message: expect.stringMatching(why) });
    await expect(store.check()).rejects.toEqual(unavailable);
    await expect(store.put('artifacts/x', body('x'), text)).rejects.toEqual(unavailable);
    await expect(store.get('artifacts/x')).rejects.toEqual(unavailable);
    await expect(store.stat('artifacts/x')).rejects.toEqual(unavailable);
  });

  it('makes its bucket, and again where it was removed', async () => {
    const store = await S3ObjectStore.open(s3Options({ bucket: 'osiris-other' }));
    await store.put('artifacts/x', body('x'), text);
    expect(await store.stat('artifacts/x')).toEqual({ bytes: 1 });
    await store.delete('artifacts/x');
    const { Client } = await import('minio');
    const { hostname, port } = new URL(s3.endpoint);
    const client = new Client({ endPoint: hostname, port: Number(port), useSSL: false, accessKey: s3.accessKey, secretKey: s3.secretKey, region: s3.region });
    await client.removeBucket('osiris-other');
    await expect(store.put('artifacts/y', body('y'), text)).rejects.toEqual(code('STORE_UNAVAILABLE'));
    expect(await store.put('artifacts/y', body('y'), text)).toMatchObject({ created: true });
  }, 15_000);
});
