import { Readable } from 'node:stream';
import { DomainError } from '@osiris/contracts';
import { measured } from '../src/objects/measured';
import type { ByteRange, ObjectStore, PutOptions, PutResult } from '../src/objects/object-store';

type Method = 'put' | 'get' | 'stat' | 'delete' | 'removeAbandoned' | 'check';

/** An object store in memory that fails when it is told to, for unit tests of what stands on the abstraction. */
export class FakeObjectStore implements ObjectStore {
  readonly description = 'fake';
  readonly objects = new Map<string, Buffer>();
  /** What `put` was called with, in order. */
  readonly puts: (PutOptions & { key: string })[] = [];
  private readonly failures = new Map<Method, { error: Error; times: number; afterBytes: number }>();

  /** The next calls of the method throw; a `put` only once it has read that many bytes. */
  failing(method: Method, error: Error, times = Infinity, afterBytes = 0): void {
    this.failures.set(method, { error, times, afterBytes });
  }

  async put(key: string, body: Readable, options: PutOptions): Promise<PutResult> {
    this.puts.push({ key, ...options });
    const failure = this.due('put');
    const chunks: Buffer[] = [];
    const given = await measured(body, options.maxBytes, async (bytes) => {
      let read = 0;
      for await (const chunk of bytes as AsyncIterable<Buffer>) {
        chunks.push(chunk);
        read += chunk.length;
        if (failure && read >= failure.afterBytes) throw failure.error;
      }
      if (failure) throw failure.error;
    });
    const created = !this.objects.has(key);
    if (created) this.objects.set(key, Buffer.concat(chunks));
    return { ...given, created };
  }

  async get(key: string, range?: ByteRange): Promise<Readable> {
    this.failIfDue('get');
    const bytes = this.objects.get(key);
    if (!bytes) throw new DomainError('NOT_FOUND', 'There is no such object');
    const part = range ? bytes.subarray(range.start, range.end + 1) : bytes;
    return Promise.resolve(Readable.from(part.length === 0 ? [] : [part], { objectMode: false }));
  }

  async stat(key: string): Promise<{ bytes: number } | null> {
    this.failIfDue('stat');
    const bytes = this.objects.get(key);
    return Promise.resolve(bytes ? { bytes: bytes.length } : null);
  }

  async delete(key: string): Promise<void> {
    this.failIfDue('delete');
    this.objects.delete(key);
    return Promise.resolve();
  }

  signDownload(key: string): Promise<string> {
    return Promise.resolve(`/objects/${key}`);
  }

  async removeAbandoned(): Promise<number> {
    this.failIfDue('removeAbandoned');
    return Promise.resolve(0);
  }

  async check(): Promise<void> {
    this.failIfDue('check');
    return Promise.resolve();
  }

  private failIfDue(method: Method): void {
    const failure = this.due(method);
    if (failure) throw failure.error;
  }

  private due(method: Method): { error: Error; afterBytes: number } | undefined {
    const failure = this.failures.get(method);
    if (!failure || failure.times <= 0) return undefined;
    failure.times--;
    return failure;
  }
}
