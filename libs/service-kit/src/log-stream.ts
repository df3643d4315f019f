import { createReadStream, createWriteStream, type WriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import type { LogChunk, LogLine } from '@osiris/contracts';
import type { Logger } from './logger';

const FLUSH_MS = 50;
/** NATS takes 1 MiB a message by default; a chunk stays well below. */
const CHUNK_BYTES = 256 * 1024;
/** Characters of one line that are kept. */
const MAX_LINE = 16 * 1024;
/** Text waiting to be published; beyond it `write` waits, so that a flood is slowed down, not held in memory. */
const MAX_PENDING_BYTES = 4 * 1024 * 1024;

export interface LogStreamParts {
  /** Where the whole text is spooled. */
  path: string;
  removeSpool(): Promise<void>;
  publish(chunk: LogChunk): Promise<unknown>;
  logger: Logger;
}

/** Numbers lines, spools their text to a file and publishes them in chunks, in order. */
export class LogStream {
  private readonly spool: WriteStream;
  private failure: Error | undefined;
  private draining: Promise<void> | undefined;
  private pending: LogLine[] = [];
  private pendingBytes = 0;
  /** Of what waits to be published: pending or on its way. */
  private unpublishedBytes = 0;
  private seq = 0;
  private bytes = 0;
  private timer: NodeJS.Timeout | undefined;
  private publishing: Promise<void> = Promise.resolve();
  private finishing: Promise<void> | undefined;
  private ended = false;

  constructor(
    private readonly of: Pick<LogChunk, 'appId' | 'buildId' | 'launchId' | 'attempt' | 'run'>,
    private readonly parts: LogStreamParts,
  ) {
    this.spool = createWriteStream(parts.path);
    this.spool.on('error', (error) => {
      this.failure = error;
      const { buildId, launchId } = of;
      parts.logger.error({ err: error, buildId, launchId }, 'A log cannot be spooled: it goes on live and is not stored');
    });
  }

  /** Lines written so far. */
  get lines(): number {
    return this.seq;
  }

  /** Why the text cannot be stored, such as a full disk; undefined where it can. Lines are published all the same. */
  get spoolFailure(): Error | undefined {
    return this.failure;
  }

  /** Adds one line, without its line break. Resolves at once unless too much waits to be written or published. */
  async write(line: { stream: LogLine['stream']; text: string; step?: string }): Promise<void> {
    if (this.finishing) return;
    const text = line.text.replace(/[\r\n]+$/, '').slice(0, MAX_LINE);
    const size = Buffer.byteLength(text) + 1;
    this.seq += 1;
    this.bytes += size;
    this.pending.push({ seq: this.seq, at: new Date().toISOString(), stream: line.stream, text, ...(line.step ? { step: line.step } : {}) });
    this.pendingBytes += size;
    this.unpublishedBytes += size;
    const roomy = this.spool.destroyed || this.spool.write(`${text}\n`);
    if (this.pendingBytes >= CHUNK_BYTES) void this.flush();
    else this.timer ??= setTimeout(() => void this.flush(), FLUSH_MS);
    if (!roomy) await (this.draining ??= drained(this.spool).finally(() => (this.draining = undefined)));
    if (this.unpublishedBytes >= MAX_PENDING_BYTES) await this.publishing;
  }

  /** Takes no more lines, publishes what is left and completes the spool. Watchers go on waiting: see `close`. */
  async finish(): Promise<{ lines: number; bytes: number }> {
    this.finishing ??= Promise.all([this.flush(), this.completeSpool()]).then(() => undefined);
    await this.finishing;
    return { lines: this.seq, bytes: this.bytes };
  }

  /** `finish`, and tells the watchers that this was all: for a build or launch that has ended, not for one that comes again. */
  async close(): Promise<{ lines: number; bytes: number }> {
    const written = await this.finish();
    if (!this.ended) {
      this.ended = true;
      await this.publish([], true);
    }
    return written;
  }

  /** The whole text so far, as it is stored and served. Fails where the spool failed: a part is not taken for the whole. */
  createReadStream(): Readable {
    const { failure } = this;
    if (!failure) return createReadStream(this.parts.path);
    return new Readable({ read: function (this: Readable) { this.destroy(failure); } });
  }

  /** Publishes what is left and removes the spool. Without a `close` before, watchers wait for the next run. */
  async dispose(): Promise<void> {
    await this.finish();
    await this.parts.removeSpool();
  }

  private async completeSpool(): Promise<void> {
    this.spool.end();
    // A failure was told when it happened.
    await finished(this.spool).catch(() => undefined);
  }

  private flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    const lines = this.pending;
    this.pending = [];
    const size = this.pendingBytes;
    this.pendingBytes = 0;
    this.publishing = this.publishing.then(async () => {
      for (const part of chunks(lines)) await this.publish(part, false);
      this.unpublishedBytes -= size;
    });
    return this.publishing;
  }

  private async publish(lines: LogLine[], end: boolean): Promise<void> {
    const chunk: LogChunk = { ...this.of, lines, end };
    for (let attempt = 1; attempt <= 3; attempt++) {
      try {
        await this.parts.publish(chunk);
        return;
      } catch (error) {
        // Watchers may miss these lines live; the stored log has them all.
        this.parts.logger.debug({ err: error, attempt }, 'Log lines could not be published');
      }
    }
  }
}

/** Waits for room; a stream that fails meanwhile never drains, it closes. */
function drained(stream: WriteStream): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      stream.off('drain', done).off('close', done);
      resolve();
    };
    stream.on('drain', done).on('close', done);
    if (stream.closed) done();
  });
}

function* chunks(lines: readonly LogLine[]): Generator<LogLine[]> {
  let part: LogLine[] = [];
  let size = 0;
  for (const line of lines) {
    if (size > CHUNK_BYTES) {
      yield part;
      part = [];
      size = 0;
    }
    part.push(line);
    size += line.text.length + 120;
  }
  if (part.length > 0) yield part;
}
