import { createHash } from 'node:crypto';
import { PassThrough, Readable } from 'node:stream';
import { DomainError } from '@osiris/contracts';
import type { Facts, Logger } from '@osiris/service-kit';
import type { Env } from '../env';
import { FakeObjectStore } from '../../medium/fake-object-store';
import { BodyInterrupted } from '../objects/measured';
import type { Upload } from './upload-tokens';
import { UploadsService } from './uploads.service';

const upload: Upload = { id: 'art_0123456789', kind: 'build-log', owner: { appId: 'app_0123456789' }, contentType: 'text/plain', contentEncoding: 'gzip', expires: 0 };
const KEY = `artifacts/${upload.owner.appId}/${upload.id}`;
const MAX_BYTES = 1000;
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const body = (text: string) => Readable.from(text === '' ? [] : [Buffer.from(text)], { objectMode: false });
const unavailable = new DomainError('STORE_UNAVAILABLE', 'The object store does not answer');
const code = (value: string) => expect.objectContaining({ code: value });

describe('UploadsService', () => {
  let store: FakeObjectStore;
  let published: unknown[];
  let publish: jest.Mock;
  let service: UploadsService;
  beforeEach(() => {
    store = new FakeObjectStore();
    published = [];
    publish = jest.fn((_fact: unknown, payload: unknown) => {
      published.push(payload);
      return Promise.resolve();
    });
    const logger = { info: jest.fn() } as unknown as Logger;
    service = new UploadsService(store, { ARTIFACT_MAX_BYTES: MAX_BYTES } as Env, { publish } as unknown as Facts, logger);
  });
  const accept = (text: string, declared?: number) => service.accept(upload, body(text), declared);

  it('stores the bytes with what they are, and reports them as stored', async () => {
    const expected = { bytes: 5, sha256: sha256('bytes') };
    expect(await accept('bytes')).toEqual(expected);
    expect(store.puts).toEqual([{ key: KEY, contentType: 'text/plain', contentEncoding: 'gzip', maxBytes: MAX_BYTES }]);
    expect(published).toEqual([expect.objectContaining({ id: upload.id, kind: 'build-log', owner: upload.owner, objectKey: KEY, contentType: 'text/plain', contentEncoding: 'gzip', ...expected })]);
  });

  it('stores nothing at all as well', async () => {
    expect(await accept('')).toEqual({ bytes: 0, sha256: sha256('') });
    expect(store.objects.get(KEY)).toHaveLength(0);
  });

  it('answers the same bytes again the same, and reports them again: the first report may have been lost', async () => {
    publish.mockRejectedValueOnce(new Error('NATS is away'));
    await expect(accept('bytes')).rejects.toThrow('NATS is away');
    expect(published).toEqual([]);
    expect(await accept('bytes')).toEqual({ bytes: 5, sha256: sha256('bytes') });
    expect(published).toHaveLength(1);
    expect(store.puts).toHaveLength(1);
  });

  it('refuses other bytes under an id that is stored, and keeps the first', async () => {
    await accept('first');
    await expect(accept('other')).rejects.toEqual(code('CONFLICT'));
    expect(String(store.objects.get(KEY))).toBe('first');
    expect(published).toHaveLength(1);
  });

  it('settles with another replica that stored the id in between', async () => {
    const stat = jest.spyOn(store, 'stat').mockResolvedValue(null);
    store.objects.set(KEY, Buffer.from('theirs'));
    await expect(accept('ours')).rejects.toEqual(code('CONFLICT'));
    expect(await accept('theirs')).toEqual({ bytes: 6, sha256: sha256('theirs') });
    expect(stat).toHaveBeenCalledTimes(2);
    expect(String(store.objects.get(KEY))).toBe('theirs');
  });

  it('refuses what says that it is too large without reading it or asking the store', async () => {
    const unread = body('x');
    await expect(service.accept(upload, unread, MAX_BYTES + 1)).rejects.toEqual(code('OBJECT_TOO_LARGE'));
    expect([store.puts.length, unread.readableDidRead]).toEqual([0, false]);
  });

  it('keeps nothing of what turns out too large', async () => {
    await expect(accept('x'.repeat(MAX_BYTES + 1), 10)).rejects.toEqual(code('OBJECT_TOO_LARGE'));
    expect([store.objects.size, published.length]).toEqual([0, 0]);
  });

  it.each(['stat', 'put'] as const)('passes on that the store is away (%s), reports nothing, and takes the same upload once it is back', async (method) => {
    store.failing(method, unavailable, 1);
    await expect(accept('bytes')).rejects.toBe(unavailable);
    expect([store.objects.size, published.length]).toEqual([0, 0]);
    expect(await accept('bytes')).toMatchObject({ bytes: 5 });
  });

  it('reports nothing where the store goes away in the midst of the body', async () => {
    store.failing('put', unavailable, 1, 3);
    await expect(accept('half written')).rejects.toBe(unavailable);
    expect([store.objects.size, published.length]).toEqual([0, 0]);
    expect(await accept('half written')).toMatchObject({ bytes: 12 });
  });

  it('takes a sender that goes away for no fault of the store, and frees the id', async () => {
    const broken = new PassThrough();
    broken.write('some');
    const accepting = service.accept(upload, broken, undefined);
    setImmediate(() => broken.destroy(new Error('gone')));
    await expect(accepting).rejects.toBeInstanceOf(BodyInterrupted);
    expect([store.objects.size, published.length]).toEqual([0, 0]);
    expect(await accept('whole')).toMatchObject({ bytes: 5 });
  });

  it('says that the store is away where the object to compare with cannot be read', async () => {
    await accept('bytes');
    store.failing('get', unavailable, 1);
    await expect(accept('bytes')).rejects.toBe(unavailable);
    expect(await accept('bytes')).toMatchObject({ bytes: 5 });
  });

  it('lets two uploads of one id wait for each other', async () => {
    const answers = await Promise.allSettled([accept('first'), accept('other'), accept('first')]);
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(store.puts).toHaveLength(1);
  });
});
