import { Inject, Injectable } from '@nestjs/common';
import type { ArtifactKind, ArtifactOwner, BuildJob } from '@osiris/contracts';
import type { BuildLogLine } from '@osiris/engine';
import { ENV, LOGGER, type Logger, type LogStream, LogStreams, type UploadBody, Uploads } from '@osiris/service-kit';
import type { BuildEnv } from '../env';

/** A build's log exists once: a store that is away for a minute must not cost it. The build ends that much later, in milliseconds. */
const STORE_PATIENCE_MS = 75_000;

/** What a line takes beside its text, in bytes: its number, time and stream, as they are stored. A flood of empty lines is a flood. */
const LINE_COST = 64;

/** What the facts say of a build's log. */
export interface StoredLog {
  logArtifactId: string | null;
  logLinesArtifactId: string | null;
  logLines: number;
  logBytes: number;
}

/** A step that is none of the builder's: the build service's own. */
export interface OwnStep {
  say(text: string): void | Promise<void>;
  end(event: 'done' | 'failed', text: string): void | Promise<void>;
}

@Injectable()
export class BuildLogs {
  constructor(
    private readonly streams: LogStreams,
    private readonly uploads: Uploads,
    @Inject(ENV) private readonly env: BuildEnv,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async open({ appId, buildId, attempt }: Pick<BuildJob, 'appId' | 'buildId' | 'attempt'>): Promise<BuildLog> {
    const stream = await this.streams.open({ appId, buildId, attempt });
    return new BuildLog(stream, { appId, buildId }, this.env.BUILD_LOG_MAX_BYTES, this.uploads, this.logger);
  }
}

/** One build's log: live while it grows, then stored as two artifacts, its text and its lines. */
export class BuildLog {
  private bytes = 0;
  private steps = 0;

  constructor(
    private readonly stream: LogStream,
    private readonly owner: ArtifactOwner,
    private readonly maxBytes: number,
    private readonly uploads: Uploads,
    private readonly logger: Logger,
  ) {}

  /** The greatest `stepId` so far: a further run of the builder counts on from here. */
  get lastStepId(): number {
    return this.steps;
  }

  /** The build service itself speaking. */
  async say(text: string): Promise<void> {
    for (const line of text.split('\n')) await this.stream.write({ stream: 'status', text: line });
  }

  /** A promise where the log cannot be written as fast: wait for it. What a flood adds beyond the limit is left out, not how the steps end. */
  line(line: BuildLogLine): void | Promise<void> {
    if (line.stepId !== undefined && line.stepId > this.steps) this.steps = line.stepId;
    if (this.bytes > this.maxBytes && line.event === undefined) return;
    const wasWithin = this.bytes <= this.maxBytes;
    this.bytes += Buffer.byteLength(line.text) + LINE_COST;
    if (wasWithin && this.bytes > this.maxBytes && line.event === undefined) return this.say(`The log is longer than ${Math.round(this.maxBytes / 1024 / 1024)} MB: the rest is left out`);
    return this.stream.write(line);
  }

  /** Begins a step that follows those of the builder. */
  async step(name: string): Promise<OwnStep> {
    const begun = performance.now();
    const of = { stream: 'status' as const, step: name, stepId: ++this.steps };
    await this.stream.write({ ...of, event: 'begin', text: `#${of.stepId} ${name}` });
    return {
      say: (text) => this.stream.write({ ...of, text: `#${of.stepId} ${text}` }),
      end: (event, text) => this.stream.write({ ...of, event, durationMs: Math.round(performance.now() - begun), text: `#${of.stepId} ${text}` }),
    };
  }

  /** Stores the whole log, which takes no more lines. A log that cannot be stored does not spoil the build. */
  async store(): Promise<StoredLog> {
    const { lines, bytes } = await this.stream.finish();
    const counts = { logLines: lines, logBytes: bytes };
    if (this.stream.spoolFailure) return { logArtifactId: null, logLinesArtifactId: null, ...counts };
    const [logArtifactId, logLinesArtifactId] = await Promise.all([
      this.put('build-log', 'text/plain; charset=utf-8', () => this.stream.createTextStream()),
      this.put('build-log-lines', 'application/x-ndjson', () => this.stream.createLinesStream()),
    ]);
    return { logArtifactId, logLinesArtifactId, ...counts };
  }

  /** Tells the watchers that this was all: the build has ended. */
  async end(): Promise<void> {
    await this.stream.close();
  }

  /** Removes the log's files. Watchers of a log without an end wait for the delivery that comes after this one. */
  dispose(): Promise<void> {
    return this.stream.dispose();
  }

  private async put(kind: ArtifactKind, contentType: string, body: UploadBody): Promise<string | null> {
    try {
      return (await this.uploads.put({ kind, owner: this.owner, contentType, contentEncoding: 'gzip' }, body, STORE_PATIENCE_MS)).id;
    } catch (error) {
      this.logger.warn({ err: error, kind, ...this.owner }, 'a log could not be stored');
      return null;
    }
  }
}
