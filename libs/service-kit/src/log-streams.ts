import { createReadStream, createWriteStream, mkdirSync, type ReadStream, rmSync, type WriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { once } from 'node:events';
import { Inject, Injectable } from '@nestjs/common';
import { buildLogSubject, launchLogSubject, type LogChunk, type LogLine } from '@osiris/contracts';
import { ulid } from 'ulid';
import type { BaseEnv } from './env';
import type { Identity } from './identity';
import type { Logger } from './logger';
import { Nats } from './nats/nats';
import { ENV, IDENTITY, LOGGER } from './tokens';

const FLUSH_MS = 50;
/** NATS takes 1 MiB a message by default; a chunk stays well below. */
const CHUNK_BYTES = 256 * 1024;
/** Characters of one line that are kept. */
const MAX_LINE = 16 * 1024;
/** Text waiting to be published; beyond it `write` waits, so that a flood is slowed down, not held in memory. */
const MAX_PENDING_BYTES = 4 * 1024 * 1024;

export interface LogStreamOf {
  appId: string;
  buildId?: string;
  launchId?: string;
  attempt: number;
}

/** Opens the live log of a build or a launch. */
@Injectable()
export class LogStreams {
  private readonly folder: string;

  constructor(
    private readonly nats: Nats,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(ENV) env: BaseEnv,
    @Inject(IDENTITY) identity: Pick<Identity, 'service'>,
  ) {
    this.folder = resolve(env.OSIRIS_HOME, 'tmp', 'logs', identity.service);
    // What a killed predecessor left behind: its jobs come again and write new ones.
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** The lines of an earlier attempt are purged: a log is one attempt's. */
  async open(of: LogStreamOf): Promise<LogStream> {
    mkdirSync(this.folder, { recursive: true });
    const subject = of.buildId ? buildLogSubject(of.buildId) : launchLogSubject(of.launchId ?? '');
    await this.nats
      .jetstreamManager()
      .streams.purge('LOGS', { filter: subject })
      .catch((error: unknown) => this.logger.debug({ err: error, subject }, 'No earlier log to purge'));
    return new LogStream(of, subject, join(this.folder, `${ulid()}.log`), this.nats, this.logger);
  }
}

/** Numbers lines, spools their text to a file and publishes them in chunks, in order. */
export class LogStream {
  private readonly file: WriteStream;
  private pending: LogLine[] = [];
  private pendingBytes = 0;
  private seq = 0;
  private bytes = 0;
  private timer: NodeJS.Timeout | undefined;
  private publishing: Promise<void> = Promise.resolve();
  private closed = false;

  constructor(
    private readonly of: LogStreamOf,
    private readonly subject: string,
    private readonly path: string,
    private readonly nats: Nats,
    private readonly logger: Logger,
  ) {
    this.file = createWriteStream(path);
    this.file.on('error', (error) => this.logger.error({ err: error }, 'The log spool cannot be written'));
  }

  /** Lines written so far. */
  get lines(): number {
    return this.seq;
  }

  /** Adds one line, without its line break. Resolves at once unless too much waits to be published. */
  async write(line: { stream: LogLine['stream']; text: string; step?: string }): Promise<void> {
    if (this.closed) return;
    const text = line.text.replace(/[\r\n]+$/, '').slice(0, MAX_LINE);
    const size = Buffer.byteLength(text) + 1;
    this.seq += 1;
    this.bytes += size;
    this.pending.push({ seq: this.seq, at: new Date().toISOString(), stream: line.stream, text, ...(line.step ? { step: line.step } : {}) });
    this.pendingBytes += size;
    const roomy = this.file.write(`${text}\n`);
    if (this.pendingBytes >= CHUNK_BYTES) void this.flush(false);
    else this.timer ??= setTimeout(() => void this.flush(false), FLUSH_MS);
    if (!roomy) await once(this.file, 'drain');
    if (this.pendingBytes >= MAX_PENDING_BYTES) await this.publishing;
  }

  /** Publishes what is left with `end: true`. The spool stays until `dispose`. */
  async close(): Promise<{ lines: number; bytes: number }> {
    if (!this.closed) {
      this.closed = true;
      await this.flush(true);
      await new Promise<void>((done) => this.file.end(done));
    }
    return { lines: this.seq, bytes: this.bytes };
  }

  /** The whole text so far, as it is stored and served. */
  createReadStream(): ReadStream {
    return createReadStream(this.path);
  }

  async dispose(): Promise<void> {
    await this.close();
    await rm(this.path, { force: true });
  }

  private flush(end: boolean): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    const lines = this.pending;
    this.pending = [];
    const size = this.pendingBytes;
    this.publishing = this.publishing.then(async () => {
      for (const part of chunks(lines)) await this.publish(part, false);
      if (end) await this.publish([], true);
      this.pendingBytes -= size;
    });
    return this.publishing;
  }

  private async publish(lines: LogLine[], end: boolean): Promise<void> {
    const chunk: LogChunk = { ...this.of, lines, end };
    for (let attempt = 1; attempt <= 3; attempt++) {
      try {
        await this.nats.publish(this.subject, chunk);
        return;
      } catch (error) {
        // Watchers may miss these lines live; the stored log has them all.
        this.logger.debug({ err: error, attempt }, 'Log lines could not be published');
      }
    }
  }
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
