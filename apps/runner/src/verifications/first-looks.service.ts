import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { DomainError, type ErrorData, type verificationEnded, type VerifyJob } from '@osiris/contracts';
import { listeningSockets, Sandboxes, type SandboxState } from '@osiris/engine';
import { ENV, LOGGER, type Logger, Uploads } from '@osiris/service-kit';
import type { z } from 'zod';
import type { RunnerEnv } from '../env';
import { LaunchContainers, type Prepared } from '../launches/launch-containers';
import { endReason } from '../launches/end-reasons';
import { probeHttp } from '../readiness/http-probe';
import { waitUntilReady } from '../readiness/readiness';
import { Screenshots } from '../screenshots/screenshots.service';
import { complainsOfReadOnlyRoot } from './read-only-root';

export type FirstLook = Pick<z.infer<typeof verificationEnded.schema>, 'seen' | 'error' | 'lastLines'>;

const LAST_LINES = 30;
const MAX_LINE = 2_000;
/** An app that cannot write may wait for ever for what it could not: then it is tried with a root that it can write to. */
const READ_ONLY_LIMIT_MS = 20_000;
/** What an app begins with once it listens (caches, a first connection) has its memory by then. */
const SETTLE_MS = 1_000;
/** For the container's labels: nobody ends it by that. */
const LONGEST_MS = 300_000;

/** Starts an image once and tells what was seen. */
@Injectable()
export class FirstLooks {
  constructor(
    private readonly sandboxes: Sandboxes,
    private readonly containers: LaunchContainers,
    private readonly screenshots: Screenshots,
    private readonly uploads: Uploads,
    @Inject(ENV) private readonly env: RunnerEnv,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /**
   * First with a root that cannot be written to, which seals an app off best; where it does not bear that, with one that can.
   * @throws DomainError IMAGE_GONE, REGISTRY_UNAVAILABLE, ENGINE_UNAVAILABLE; the signal's reason
   */
  async take(job: VerifyJob, signal: AbortSignal): Promise<FirstLook> {
    const limitMs = this.env.LAUNCH_START_TIMEOUT_SECONDS * 1_000;
    const first = await this.attempt(job, { readOnlyRoot: true, limitMs: Math.min(READ_ONLY_LIMIT_MS, limitMs) }, signal);
    if (first.seen) return first;
    return this.attempt(job, { readOnlyRoot: false, limitMs }, signal);
  }

  private async attempt(job: VerifyJob, how: { readOnlyRoot: boolean; limitMs: number }, signal: AbortSignal): Promise<FirstLook> {
    const left = await this.sandboxes.find(job.verificationId);
    if (left) await this.sandboxes.remove(left.containerId);
    const { verificationId: id, readOnlyRoot } = { ...job, ...how };
    const prepared = await this.containers.prepare({ ...job, role: 'verification', id, readOnlyRoot, env: {}, profile: 'small', expiresAt: new Date(Date.now() + LONGEST_MS).toISOString() }, signal);
    const ended = new AbortController();
    try {
      const begun = performance.now();
      await this.sandboxes.start(prepared.containerId);
      void this.sandboxes.waitForEnd(prepared.containerId, AbortSignal.any([signal, ended.signal])).then(() => ended.abort(), () => undefined);
      const state = await this.sandboxes.inspect(prepared.containerId);
      if (!state?.address) return await this.whyEnded(prepared);
      try {
        const port = await this.untilItAnswers(state, prepared, how.limitMs, AbortSignal.any([signal, ended.signal]));
        const bootMs = Math.round(performance.now() - begun);
        return await this.measured(job, { state, prepared, port, bootMs, readOnlyRoot }, signal);
      } catch (error) {
        signal.throwIfAborted();
        if (ended.signal.aborted) return await this.whyEnded(prepared);
        throw error;
      }
    } catch (error) {
      // The app's own fault, which is what was to be found out.
      if (error instanceof DomainError && !error.retryable && error.code !== 'IMAGE_GONE') return await this.failed(prepared, error);
      throw error;
    } finally {
      ended.abort();
      await this.sandboxes.remove(prepared.containerId);
    }
  }

  private untilItAnswers({ address, pid, containerId }: SandboxState, { declaredPorts, guess, healthPath }: Prepared, limitMs: number, signal: AbortSignal): Promise<number> {
    const listening = () => (pid === null ? Promise.resolve(null) : listeningSockets(containerId, pid));
    return waitUntilReady({ host: address ?? '', declared: declaredPorts, guess, healthPath, listening, limitMs, signal });
  }

  private async measured(
    job: VerifyJob,
    { state, prepared, port, bootMs, readOnlyRoot }: { state: SandboxState; prepared: Prepared; port: number; bootMs: number; readOnlyRoot: boolean },
    signal: AbortSignal,
  ): Promise<FirstLook> {
    const host = state.address ?? '';
    await sleep(SETTLE_MS, undefined, { signal });
    const { status } = await probeHttp(host, port, '/', signal);
    const picture = await this.screenshots.take(`${host}:${port}`, signal);
    const memoryBytes = (await this.sandboxes.memoryBytes(state.containerId).catch(() => undefined)) ?? null;
    signal.throwIfAborted();
    const after = await this.sandboxes.inspect(state.containerId);
    // Up, and down again when it was looked at: that is not running.
    if (after?.phase !== 'running') return this.whyEnded(prepared);
    if (readOnlyRoot && ((status ?? 0) >= 500 || complainsOfReadOnlyRoot(await this.linesOf(prepared)))) {
      return { seen: null, error: { code: 'APP_EXITED', message: 'The app wants to write to its root file system.' }, lastLines: [] };
    }
    const screenshotArtifactId = picture ? await this.keep(job, picture) : null;
    return { seen: { bootMs, memoryBytes, port, readOnlyRoot, screenshotArtifactId }, error: null, lastLines: [] };
  }

  private async keep({ appId, buildId }: VerifyJob, picture: Buffer): Promise<string | null> {
    try {
      return (await this.uploads.put({ kind: 'screenshot', owner: { appId, buildId }, contentType: 'image/png' }, picture)).id;
    } catch (error) {
      this.logger.warn({ err: error, buildId }, 'A screenshot could not be stored');
      return null;
    }
  }

  private async whyEnded(prepared: Prepared): Promise<FirstLook> {
    const lines = await this.linesOf(prepared);
    return { seen: null, error: endReason(await this.sandboxes.inspect(prepared.containerId), lines, false), lastLines: lines };
  }

  private async failed(prepared: Prepared, { code, message }: ErrorData): Promise<FirstLook> {
    return { seen: null, error: { code, message }, lastLines: await this.linesOf(prepared) };
  }

  private async linesOf({ containerId }: Prepared): Promise<string[]> {
    const lines = await this.sandboxes.lastLines(containerId, LAST_LINES).catch(() => []);
    return lines.map(({ text }) => text.slice(0, MAX_LINE));
  }
}
