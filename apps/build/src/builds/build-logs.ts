import { Inject, Injectable } from '@nestjs/common';
import type { ArtifactOwner, BuildJob } from '@osiris/contracts';
import type { BuildLogLine } from '@osiris/engine';
import { LOGGER, type Logger, type LogStream, LogStreams, Uploads } from '@osiris/service-kit';

/** A build that prints without end must not fill the disk: the log says that it was cut. */
const MAX_LOG_BYTES = 64 * 1024 * 1024;

/** What the facts say of a build's log. */
export interface StoredLog {
  logArtifactId: string | null;
  logLines: number;
  logBytes: number;
}

@Injectable()
export class BuildLogs {
  constructor(
    private readonly streams: LogStreams,
    private readonly uploads: Uploads,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async open({ appId, buildId, attempt }: Pick<BuildJob, 'appId' | 'buildId' | 'attempt'>): Promise<BuildLog> {
    return new BuildLog(await this.streams.open({ appId, buildId, attempt }), { appId, buildId }, this.uploads, this.logger);
  }
}

/** One build's log: live while it grows, then stored as an artifact. */
export class BuildLog {
  private bytes = 0;

  constructor(
    private readonly stream: LogStream,
    private readonly owner: ArtifactOwner,
    private readonly uploads: Uploads,
    private readonly logger: Logger,
  ) {}

  /** The build service itself speaking. */
  async say(text: string): Promise<void> {
    for (const line of text.split('\n')) await this.stream.write({ stream: 'status', text: line });
  }

  async line(line: BuildLogLine): Promise<void> {
    if (this.bytes > MAX_LOG_BYTES) return;
    this.bytes += Buffer.byteLength(line.text) + 1;
    if (this.bytes > MAX_LOG_BYTES) return this.say(`The log is longer than ${MAX_LOG_BYTES / 1024 / 1024} MB: the rest is left out`);
    await this.stream.write(line);
  }

  /** Stores the whole log, which takes no more lines. A log that cannot be stored does not spoil the build. */
  async store(): Promise<StoredLog> {
    const { lines, bytes } = await this.stream.finish();
    if (this.stream.spoolFailure) return { logArtifactId: null, logLines: lines, logBytes: bytes };
    const stored = await this.uploads
      .put({ kind: 'build-log', owner: this.owner, contentType: 'text/plain; charset=utf-8' }, () => this.stream.createReadStream())
      .catch((error: unknown) => {
        this.logger.warn({ err: error, ...this.owner }, 'the build log could not be stored');
        return null;
      });
    return { logArtifactId: stored?.id ?? null, logLines: lines, logBytes: bytes };
  }

  /** Tells the watchers that this was all: the build has ended. */
  async end(): Promise<void> {
    await this.stream.close();
  }

  /** Removes the log's file. Watchers of a log without an end wait for the delivery that comes after this one. */
  dispose(): Promise<void> {
    return this.stream.dispose();
  }
}
