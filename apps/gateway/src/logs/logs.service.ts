import { Injectable } from '@nestjs/common';
import { artifactLog, buildGet, buildLogSubject, launchGet, launchLogSubject } from '@osiris/contracts';
import { Requests } from '@osiris/service-kit';
import { StoredObjects } from '../artifacts/stored-objects.service';
import { LiveLogs } from './live-log.service';
import { bytesAfterLines, LogTail } from './log-tail';

export type LogText = AsyncIterable<string | Uint8Array>;

interface Source {
  /** The build's or the launch's id. */
  ownerId: string;
  subject: string;
  /** Whether nothing more will be written. */
  ended(): Promise<boolean>;
}

const FINAL_BUILD = new Set(['succeeded', 'failed', 'canceled']);
const FINAL_LAUNCH = new Set(['stopped', 'failed', 'expired']);

/** A build's or a launch's log: live while it is written, stored afterwards, the same bytes either way. */
@Injectable()
export class Logs {
  constructor(
    private readonly requests: Requests,
    private readonly live: LiveLogs,
    private readonly objects: StoredObjects,
  ) {}

  /** @throws DomainError NOT_FOUND; STORE_UNAVAILABLE where the build has ended and its log cannot be read. */
  ofBuild(id: string, after: number, signal: AbortSignal): Promise<LogText> {
    return this.open(after, signal, {
      ownerId: id,
      subject: buildLogSubject(id),
      ended: async () => FINAL_BUILD.has((await this.requests.send(buildGet, { id })).status),
    });
  }

  /**
   * An app may print for hours: without `follow` only what is there now.
   * @throws DomainError as `ofBuild`.
   */
  async ofLaunch(id: string, after: number, follow: boolean, signal: AbortSignal): Promise<LogText> {
    const source: Source = {
      ownerId: id,
      subject: launchLogSubject(id),
      ended: async () => FINAL_LAUNCH.has((await this.requests.send(launchGet, { id })).status),
    };
    if (follow || (await source.ended())) return this.open(after, signal, source);
    return this.kept(new LogTail(after), source.subject);
  }

  private async open(after: number, signal: AbortSignal, source: Source): Promise<LogText> {
    const tail = new LogTail(after);
    // What has ended is opened before anything is answered, so that a store that is away can still be said as a problem.
    if (await source.ended()) return this.rest(tail, signal, source);
    return this.followed(tail, signal, source);
  }

  private async *followed(tail: LogTail, signal: AbortSignal, source: Source): AsyncGenerator<string | Uint8Array> {
    for await (const chunk of this.live.follow(source.subject, source.ended, signal)) {
      const text = tail.accept(chunk);
      if (text !== '') yield text;
      // Without its last chunk (a killed worker sends none) `follow` ends once the catalog says so.
      if (tail.complete) return;
    }
    if (!signal.aborted) yield* await this.rest(tail, signal, source);
  }

  /** What the reader does not have yet of a log that has ended. */
  private async rest(tail: LogTail, signal: AbortSignal, source: Source): Promise<LogText> {
    const { artifactId } = await this.requests.send(artifactLog, { ownerId: source.ownerId });
    if (artifactId === null) return this.kept(tail, source.subject);
    return bytesAfterLines(await this.objects.read(artifactId, signal), tail.lastLine);
  }

  /** Where storing it has failed or is still to come, NATS may have the lines for a while. */
  private async *kept(tail: LogTail, subject: string): AsyncGenerator<string> {
    for await (const chunk of this.live.kept(subject)) {
      const text = tail.accept(chunk);
      if (text !== '') yield text;
    }
  }
}
