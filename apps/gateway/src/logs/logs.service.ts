import { Injectable } from '@nestjs/common';
import { appGet, artifactLog, buildGet, buildLogSubject, launchLogSubject } from '@osiris/contracts';
import { Requests } from '@osiris/service-kit';
import { BuildLogSource } from './build-log-source';
import { LiveLogs } from './live-log.service';
import { LogEnds } from './log-ends.service';
import type { LogFormat } from './log-format';
import type { LogSource } from './log-source';
import { LogRestarted, LogTail } from './log-tail';
import { StoredLogs } from './stored-logs.service';
import { setTimeout as delay } from 'node:timers/promises';

export interface LogRequest {
  /** Number of the last line that the reader has. */
  after: number;
  format: LogFormat;
  /** Whether a stored log may be answered as it is stored, compressed. */
  acceptsGzip: boolean;
  signal: AbortSignal;
}

export interface OpenLog {
  body: AsyncIterable<Uint8Array>;
  /** The body is compressed. */
  gzip: boolean;
}

/** What has ended is stored within moments; a reader whose live lines have a hole waits this often, half a second each. */
const STORED_TRIES = 20;
const STORED_MS = 500;

/** A build's or a launch's log: live while it is written, stored afterwards, the same lines either way. */
@Injectable()
export class Logs {
  constructor(
    private readonly requests: Requests,
    private readonly live: LiveLogs,
    private readonly stored: StoredLogs,
    private readonly ends: LogEnds,
  ) {}

  /** @throws DomainError NOT_FOUND; STORE_UNAVAILABLE where the build has ended and its log cannot be read. */
  async ofBuild(id: string, request: LogRequest): Promise<OpenLog> {
    return this.open(request, new BuildLogSource(id, (buildId) => this.requests.send(buildGet, { id: buildId }), this.ends));
  }

  /** What the file of a build's log is called: `<app's slug>-<build>`. @throws DomainError NOT_FOUND */
  async nameOfBuild(id: string): Promise<string> {
    const { appId } = await this.requests.send(buildGet, { id });
    // An app that is being deleted still has logs.
    const slug = await this.requests.send(appGet, { id: appId }).then((app) => app.slug, () => appId);
    return `${slug}-${id}`.replace(/[^A-Za-z0-9._-]+/g, '-').slice(0, 200);
  }

  /**
   * An app may print for hours: without `follow` only what is there now.
   * @throws DomainError as `ofBuild`.
   */
  async ofLaunch(id: string, follow: boolean, request: LogRequest): Promise<OpenLog> {
    const ended = (): Promise<boolean> => this.ends.ofLaunch(id);
    const subject = launchLogSubject(id);
    if (follow || (await ended())) return this.open(request, { ownerId: id, current: async () => ({ subject, ended }), shares: () => false, ended });
    return { body: this.kept(new LogTail(request.after), subject, request.format), gzip: false };
  }

  private async open(request: LogRequest, source: LogSource): Promise<OpenLog> {
    const tail = new LogTail(request.after);
    // What has ended is opened before anything is answered, so that a store that is away can still be said as a problem.
    if (await source.ended()) return this.rest(tail, request, source);
    return { body: this.followed(tail, request, source), gzip: false };
  }

  private async *followed(first: LogTail, request: LogRequest, source: LogSource): AsyncGenerator<Uint8Array> {
    const { format, signal } = request;
    let tail = first;
    let followed: string | undefined;
    while (!signal.aborted) {
      // The catalog may be away for a while.
      const written = await source.current().catch(() => undefined);
      if (written && written.subject !== followed) {
        if (tail.begun) throw new LogRestarted('This build has a log of its own now');
        tail = new LogTail(request.after);
        followed = written.subject;
        for await (const entry of this.live.follow(followed, written.ended, signal)) {
          const lines = tail.accept(entry.chunk);
          if (lines.length > 0) yield entry.format(lines, format);
          // Without its last chunk (a killed worker sends none) `follow` ends once the catalog says so.
          if (tail.complete) break;
        }
        // A log that two builds share may end where the first was canceled and the second is still to be built.
        if (tail.complete && !source.shares(followed)) return;
      }
      if (await source.ended().catch(() => false)) break;
      await delay(STORED_MS, undefined, { signal }).catch(() => undefined);
    }
    if (signal.aborted) return;
    const { body } = await this.rest(tail, { ...request, acceptsGzip: false }, source);
    yield* body;
  }

  /** What the reader does not have yet of a log that has ended. */
  private async rest(tail: LogTail, request: LogRequest, source: LogSource): Promise<OpenLog> {
    for (let tries = 1; ; tries++) {
      const found = await this.requests.send(artifactLog, { ownerId: source.ownerId });
      const open = await this.stored.open(found, tail.lastLine, request);
      if (open) return open;
      if (!tail.broken || tries >= STORED_TRIES || request.signal.aborted) {
        const subject = found.ofBuildId ? buildLogSubject(found.ofBuildId) : (await source.current()).subject;
        return { body: this.kept(tail, subject, request.format), gzip: false };
      }
      await delay(STORED_MS, undefined, { signal: request.signal }).catch(() => undefined);
    }
  }

  /**
   * Where storing it has failed or is still to come, NATS may have the lines for a while. Breaks off at a hole, so that
   * nobody takes a part for the whole.
   */
  private async *kept(tail: LogTail, subject: string, format: LogFormat): AsyncGenerator<Uint8Array> {
    for await (const entry of this.live.kept(subject)) {
      const lines = tail.accept(entry.chunk);
      if (lines.length > 0) yield entry.format(lines, format);
    }
    if (tail.broken) throw new Error(`Lines of ${subject} after ${tail.lastLine} are lost`);
  }
}
