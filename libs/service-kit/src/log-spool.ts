import { createReadStream, createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';

/** Logs repeat themselves: higher levels cost twice the time for a few per cent. */
const GZIP_LEVEL = 3;

/**
 * A file that text is appended to, compressed as it comes (RFC 1952): what a log of hundreds of megabytes takes is a
 * few on the disk, and it can be uploaded the moment it has ended.
 */
export class LogSpool {
  private readonly gzip = createGzip({ level: GZIP_LEVEL });
  private readonly completed: Promise<void>;
  private error: Error | undefined;

  /** @param onFailure told once, where the file cannot be written, such as on a full disk. What is written after it is dropped. */
  constructor(
    private readonly path: string,
    onFailure: (error: Error) => void,
  ) {
    this.completed = pipeline(this.gzip, createWriteStream(path)).catch((error: Error) => {
      this.error = error;
      onFailure(error);
    });
  }

  get failure(): Error | undefined {
    return this.error;
  }

  /** Resolves once it was taken, and `text` may be written over: who waits for it holds no more than one piece in memory. Never rejects. */
  append(text: Buffer): Promise<void> {
    if (this.error || this.gzip.destroyed) return Promise.resolve();
    const written = new Promise<void>((resolve) => this.gzip.write(text, () => resolve()));
    // A stream that fails in the middle of a write may never call back.
    return Promise.race([written, this.completed]);
  }

  /** Takes no more. Resolves when all of it is in the file, or will never be. */
  async complete(): Promise<void> {
    this.gzip.end();
    await this.completed;
  }

  /** All of it, compressed with gzip; after `complete`. Fails where the spool failed: a part is not taken for the whole. */
  createReadStream(): Readable {
    const { error } = this;
    if (!error) return createReadStream(this.path);
    return new Readable({ read: function (this: Readable) { this.destroy(error); } });
  }
}
