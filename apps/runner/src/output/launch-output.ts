import { setTimeout as sleep } from 'node:timers/promises';
import type { Sandboxes } from '@osiris/engine';
import type { Logger, LogStream, LogStreams, Uploads } from '@osiris/service-kit';
import { FloodGate } from './flood-gate';
import type { SecretMask } from './secret-mask';

const LIMIT_BYTES = 10 * 1024 * 1024;
const LIMIT_TEXT = `${LIMIT_BYTES / 1024 / 1024} MB`;
/** Past the limit lines are only counted: a pause after so many keeps a flood from taking a CPU. */
const COUNTED_BETWEEN_PAUSES = 5_000;
const PAUSE_MS = 50;
const RECONNECT_MS = 1_000;
const CLOSE_WITHIN_MS = 5_000;
const UPLOAD_WITHIN_MS = 10_000;

export interface LaunchOutputParts {
  sandboxes: Sandboxes;
  logs: LogStreams;
  uploads: Uploads;
  logger: Logger;
}

export interface LaunchOutputOf {
  launchId: string;
  appId: string;
  attempt: number;
  containerId: string;
}

/**
 * Carries what a container prints to the launch's live log, and at the end to the artifact store. It always begins with
 * the container's first line: the engine keeps them, so after a restart of the runner the same lines get the same
 * numbers, and whoever watches misses and doubles none.
 */
export class LaunchOutput {
  private readonly ending = new AbortController();
  private readonly gate = new FloodGate(LIMIT_BYTES);
  private following: Promise<void> | undefined;
  private stream: LogStream | undefined;
  private read = 0;

  constructor(
    private readonly of: LaunchOutputOf,
    private readonly mask: SecretMask,
    private readonly parts: LaunchOutputParts,
  ) {}

  /** Begins to follow, once: not before the container was started, for the engine gives nothing to follow until then. */
  begin(): void {
    const { launchId } = this.of;
    this.following ??= this.follow().catch((error: unknown) => this.parts.logger.warn({ err: error, launchId }, 'The output of a launch is lost'));
  }

  /**
   * Takes what is left, at most for `withinMs`, ends the live log and stores it.
   * @returns the artifact's id; null where there was no output or no store for it.
   */
  async finish(withinMs: number): Promise<string | null> {
    await Promise.race([this.following, atMost(withinMs)]);
    this.ending.abort();
    await this.following;
    const stream = this.stream;
    if (!stream) return null;
    if (this.gate.dropped > 0) await stream.write({ stream: 'status', text: `${this.gate.dropped} more lines past ${LIMIT_TEXT} were dropped` });
    await Promise.race([stream.close(), atMost(CLOSE_WITHIN_MS)]);
    if (stream.lines === 0 || stream.spoolFailure) return null;
    return Promise.race([this.upload(stream), atMost(UPLOAD_WITHIN_MS)]);
  }

  /** Removes the spooled text. */
  async dispose(): Promise<void> {
    this.ending.abort();
    await this.following;
    await Promise.race([this.stream?.dispose(), atMost(CLOSE_WITHIN_MS)]);
  }

  private async upload(stream: LogStream): Promise<string | null> {
    const { appId, launchId } = this.of;
    try {
      const what = { kind: 'launch-log', owner: { appId, launchId }, contentType: 'text/plain; charset=utf-8', contentEncoding: 'gzip' } as const;
      return (await this.parts.uploads.put(what, () => stream.createTextStream())).id;
    } catch (error) {
      this.parts.logger.warn({ err: error, launchId }, "A launch's log could not be stored");
      return null;
    }
  }

  private async follow(): Promise<void> {
    const { appId, launchId, attempt, containerId } = this.of;
    this.stream = await this.parts.logs.open({ appId, launchId, attempt, run: containerId });
    // The engine may go and come back while the container lives on: then go on after the lines that were read.
    while (!this.ending.signal.aborted) {
      try {
        await this.carry(this.stream);
        const state = await this.parts.sandboxes.inspect(containerId);
        if (state?.phase !== 'running') return;
      } catch (error) {
        this.parts.logger.debug({ err: error, launchId }, 'Following the output was interrupted');
      }
      await sleep(RECONNECT_MS, undefined, { signal: this.ending.signal }).catch(() => undefined);
    }
  }

  private async carry(stream: LogStream): Promise<void> {
    let skip = this.read;
    for await (const { stream: side, text } of await this.parts.sandboxes.follow(this.of.containerId, this.ending.signal)) {
      if (skip > 0) {
        skip -= 1;
        continue;
      }
      this.read += 1;
      const admission = this.gate.take(Buffer.byteLength(text) + 1);
      if (admission !== 'drop') await stream.write({ stream: side, text: this.mask(text) });
      else if (this.gate.dropped % COUNTED_BETWEEN_PAUSES === 0) await sleep(PAUSE_MS);
      if (admission === 'last') await stream.write({ stream: 'status', text: `The launch has written ${LIMIT_TEXT}: what follows is dropped` });
      if (this.ending.signal.aborted) return;
    }
  }
}

/** The other side of a race: does not keep the process alive. */
function atMost(ms: number): Promise<null> {
  return sleep(ms, null, { ref: false });
}
