import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { BodyInterrupted } from '../src/objects/measured';
import type { ObjectStore } from '../src/objects/object-store';

const run = promisify(execFile);
const MEGABYTE = 1024 * 1024;
/** How much a process may grow by a stream of 200 MB, in bytes: parts under way, socket buffers and a lazy collector. */
const MOST_GROWTH = 120 * MEGABYTE;
const text = { contentType: 'text/plain', maxBytes: 64 * MEGABYTE };
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
const code = (value: string) => expect.objectContaining({ code: value });
const body = (content: string | Buffer) => Readable.from(content.length === 0 ? [] : [Buffer.from(content)], { objectMode: false });

/** The contract of `ObjectStore`, the same for each kind. `child` opens the same store in a process of its own. */
export function describeStore(kind: string, given: { store: () => ObjectStore; child: () => object }): void {
  describe(`the contract of an object store, in ${kind}`, () => {
    let store: ObjectStore;
    let key: string;
    beforeAll(() => void (store = given.store()));
    beforeEach(() => (key = `artifacts/app_test/art_${randomBytes(8).toString('hex')}`));
    const kept = async () => String(await buffer(await store.get(key)));

    it('answers its check', () => store.check(), 30_000);

    it.each([0, 1, 70_000, 8 * MEGABYTE - 1, 8 * MEGABYTE, 8 * MEGABYTE + 1, 25 * MEGABYTE])('gives back the %d bytes that were put', async (size) => {
      const bytes = randomBytes(size);
      const stored = await store.put(key, body(bytes), text);
      expect(stored).toEqual({ created: true, bytes: size, sha256: sha256(bytes) });
      expect(await store.stat(key)).toEqual({ bytes: size });
      expect(sha256(await buffer(await store.get(key)))).toBe(sha256(bytes));
    }, 30_000);

    it('gives a range, both ends included', async () => {
      await store.put(key, body('0123456789'), text);
      for (const [start, end, part] of [[2, 4, '234'], [9, 9, '9'], [0, 9, '0123456789']] as const) expect(String(await buffer(await store.get(key, { start, end })))).toBe(part);
    });

    it.each([1, 9 * MEGABYTE])('never replaces an object of %d bytes', async (size) => {
      const first = Buffer.alloc(size, 'a');
      await store.put(key, body(first), text);
      const second = Buffer.alloc(size, 'b');
      expect(await store.put(key, body(second), text)).toEqual({ created: false, bytes: size, sha256: sha256(second) });
      expect(sha256(await buffer(await store.get(key)))).toBe(sha256(first));
    }, 30_000);

    it('lets one of several writers of a key win, and keeps what that one wrote', async () => {
      const writers = ['a', 'b', 'c', 'd', 'e', 'f'];
      const results = await Promise.all(writers.map((letter) => store.put(key, body(letter.repeat(1000)), text)));
      const winners = writers.filter((_letter, index) => results[index]?.created);
      expect(winners).toHaveLength(1);
      expect(await kept()).toBe(winners[0]?.repeat(1000));
    });

    it('takes a key again once its object was deleted', async () => {
      await store.put(key, body('first'), text);
      await store.delete(key);
      expect(await store.put(key, body('second'), text)).toMatchObject({ created: true });
      expect(await kept()).toBe('second');
    });

    it('knows what is not there, and deletes twice if need be', async () => {
      expect(await store.stat(key)).toBeNull();
      await expect(store.get(key)).rejects.toEqual(code('NOT_FOUND'));
      await store.delete(key);
      await store.put(key, body('x'), text);
      await store.delete(key);
      await store.delete(key);
      expect(await store.stat(key)).toBeNull();
    });

    it.each([10, 20 * MEGABYTE])('keeps nothing of an object larger than %d bytes', async (maxBytes) => {
      const chunk = Buffer.alloc(Math.min(maxBytes, MEGABYTE));
      const large = Readable.from((function* () { for (let sent = 0; sent <= maxBytes; sent += chunk.length) yield chunk; })(), { objectMode: false });
      await expect(store.put(key, large, { ...text, maxBytes })).rejects.toEqual(code('OBJECT_TOO_LARGE'));
      expect(await store.stat(key)).toBeNull();
      expect(await store.removeAbandoned(new Date(Date.now() + 60_000))).toBe(0);
    });

    it.each([3, 12, 30])('keeps nothing of a body that breaks off after %d MB', async (megabytes) => {
      const broken = Readable.from(
        (async function* () {
          for (let sent = 0; sent < megabytes; sent++) yield Buffer.alloc(MEGABYTE);
          throw Object.assign(new Error('aborted'), { code: 'ECONNRESET' });
        })(),
        { objectMode: false },
      );
      await expect(store.put(key, broken, text)).rejects.toBeInstanceOf(BodyInterrupted);
      expect(await store.stat(key)).toBeNull();
      // Neither a file aside nor a part of an upload is left.
      expect(await store.removeAbandoned(new Date(Date.now() + 60_000))).toBe(0);
    });

    it.each(['../outside', '/etc/passwd', 'a/../../outside', '.incoming/x', 'a\0b', '', 'a//b', 'a\\..\\b', `${'a/'.repeat(20)}b`])('takes no key like %j', async (bad) => {
      await expect(store.put(bad, body('x'), text)).rejects.toEqual(code('NOT_FOUND'));
      await expect(store.get(bad)).rejects.toEqual(code('NOT_FOUND'));
      expect(await store.stat(bad)).toBeNull();
      await store.delete(bad);
    });

    it('streams 200 MB in and out in bounded memory', async () => {
      const child = join(__dirname, 'streaming-child.cjs');
      const { stdout } = await run(process.execPath, [child, JSON.stringify({ ...given.child(), megabytes: 200 })], { timeout: 110_000 });
      const seen = JSON.parse(stdout) as { bytes: number; sha256: string; read: string; grewBytes: number };
      expect([seen.bytes, seen.read]).toEqual([200 * MEGABYTE, seen.sha256]);
      expect(seen.grewBytes).toBeLessThan(MOST_GROWTH);
    }, 120_000);
  });
}
