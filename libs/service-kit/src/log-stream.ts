import type { Readable } from 'node:stream';
import type { LogChunk } from '@osiris/contracts';
import { LogBatch, type NewLogLine } from './log-batch';
import type { LogSpool } from './log-spool';
import type { Logger } from './logger';

/** Between two publications, in milliseconds. A line after a silence is published at once. */
const FLUSH_MS = 25;
/** NATS takes 1 MiB a message by default; a chunk with the longest possible line in it stays below. */
const CHUNK_BYTES = 192 * 1024;
/** What waits to be published or spooled; beyond it `write` waits, so that a flood is slowed down, not held in memory. */
const MAX_WAITING_BYTES = 1024 * 1024;
/** A flood has one that is filled and some that wait. */
const MAX_SPARE = 6;

export interface LogStreamParts {
  /** Where the text goes: each line and a line feed. */
  text: LogSpool;
  /** Where the lines go, one `LogLine` as JSON a line; absent where nobody stores them. */
  lines?: LogSpool;
  removeSpools(): Promise<void>;
  /** @param json a `LogChunk`, in UTF-8 */
  publish(json: Uint8Array): Promise<unknown>;
  logger: Logger;
}

/** Numbers lines, spools them to files and publishes them in chunks, in order. */
export class LogStream {
  private batch = new LogBatch();
  /** Settled and cleared, for what comes next. */
  private readonly spare: LogBatch[] = [];
  /** In bytes of JSON: flushed and not yet both spooled and published. */
  private waitingBytes = 0;
  private settled: Promise<void> = Promise.resolve();
  private publishing: Promise<void> = Promise.resolve();
  private seq = 0;
  private bytes = 0;
  private timer: NodeJS.Timeout | undefined;
  private flushedAt = 0;
  private finishing: Promise<void> | undefined;
  private ended = false;

  constructor(
    private readonly of: Pick<LogChunk, 'appId' | 'buildId' | 'launchId' | 'attempt' | 'run'>,
    private readonly parts: LogStreamParts,
  ) {}

  /** Lines written so far. */
  get lines(): number {
    return this.seq;
  }

  /** Why the log cannot be stored, such as a full disk; undefined where it can. Lines are published all the same. */
  get spoolFailure(): Error | undefined {
    return this.parts.text.failure ?? this.parts.lines?.failure;
  }

  /** Adds one line, without its line break. Where it returns a promise, too much waits to be written or published. */
  write(line: NewLogLine): void | Promise<void> {
    if (this.finishing) return;
    this.bytes += this.batch.add(++this.seq, line);
    if (this.batch.jsonBytes >= CHUNK_BYTES) this.flush();
    else this.timer ??= setTimeout(() => this.flush(), Math.max(0, this.flushedAt + FLUSH_MS - performance.now()));
    if (this.waitingBytes >= MAX_WAITING_BYTES) return this.settled;
  }

  /** Takes no more lines, publishes what is left and completes the spools. Watchers go on waiting: see `close`. */
  async finish(): Promise<{ lines: number; bytes: number }> {
    this.finishing ??= this.complete();
    await this.finishing;
    return { lines: this.seq, bytes: this.bytes };
  }

  /** `finish`, and tells the watchers that this was all: for a build or launch that has ended, not for one that comes again. */
  async close(): Promise<{ lines: number; bytes: number }> {
    const written = await this.finish();
    if (!this.ended) {
      this.ended = true;
      await this.publish(Buffer.from(`${this.head()}[],"end":true}`));
    }
    return written;
  }

  /** The whole text as it is stored and served, compressed with gzip; after `finish`. Fails where the spool failed. */
  createTextStream(): Readable {
    return this.parts.text.createReadStream();
  }

  /** The lines as newline-delimited JSON, compressed with gzip; after `finish`. @throws Error where this log keeps none */
  createLinesStream(): Readable {
    if (!this.parts.lines) throw new Error('This log keeps its text alone');
    return this.parts.lines.createReadStream();
  }

  /** Publishes what is left and removes the spools. Without a `close` before, watchers wait for the next run. */
  async dispose(): Promise<void> {
    await this.finish();
    await this.parts.removeSpools();
  }

  private async complete(): Promise<void> {
    this.flush();
    await Promise.all([this.publishing, this.parts.text.complete(), this.parts.lines?.complete()]);
  }

  private flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.flushedAt = performance.now();
    const { batch } = this;
    if (batch.isEmpty) return;
    this.batch = this.spare.pop() ?? new LogBatch();
    const size = batch.jsonBytes;
    this.waitingBytes += size;
    this.publishing = this.publishing.then(() => this.publish(batch.jsonArray(this.head(), ',"end":false}')));
    const spooled = [this.parts.text.append(batch.text()), this.parts.lines?.append(batch.ndjson())];
    this.settled = Promise.all([this.publishing, ...spooled]).then(() => {
      this.waitingBytes -= size;
      batch.clear();
      if (this.spare.length < MAX_SPARE) this.spare.push(batch);
    });
  }

  /** A `LogChunk` as far as its lines. */
  private head(): string {
    return `${JSON.stringify(this.of).slice(0, -1)},"lines":`;
  }

  private async publish(json: Uint8Array): Promise<void> {
    for (let attempt = 1; attempt <= 3; attempt++) {
      try {
        await this.parts.publish(json);
        return;
      } catch (error) {
        // Watchers may miss these lines live; the stored log has them all.
        this.parts.logger.debug({ err: error, attempt }, 'Log lines could not be published');
      }
    }
  }
}
