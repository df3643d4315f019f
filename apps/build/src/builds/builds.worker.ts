import { Inject, Injectable } from '@nestjs/common';
import { type BuildJob, buildCanceled, buildFailed, buildGet, buildJob, buildStarted, buildSucceeded, DomainError, type ErrorData } from '@osiris/contracts';
import { isEngineUnreachable } from '@osiris/engine';
import { Facts, HandBack, HandlesJob, type JobContext, Leases, LOGGER, type Logger, Requests } from '@osiris/service-kit';
import { BuildCancellations } from './build-cancellations';
import { type BuildLog, BuildLogs, type StoredLog } from './build-logs';
import { type BuiltImage, ImageBuilder, size } from './image-builder';

const NO_ENGINE_RETRY_MS = 2_000;
const NO_LOG: StoredLog = { logArtifactId: null, logLines: 0, logBytes: 0 };

/** How one delivery of a build ended, other than by an error that brings it back. */
type Ending = { kind: 'succeeded'; built: BuiltImage } | { kind: 'failed'; error: ErrorData } | { kind: 'canceled' };

/** Why a worker stops before its build has ended. */
interface Signals {
  /** The catalog says that somebody canceled the build. */
  canceled: AbortSignal;
  /** The catalog gives this worker no lease any more, for whatever reason. */
  leaseLost: AbortSignal;
}

/** Does build jobs: one commit to one image, reported as facts. */
@Injectable()
export class BuildsWorker {
  constructor(
    private readonly leases: Leases,
    private readonly facts: Facts,
    private readonly requests: Requests,
    private readonly builder: ImageBuilder,
    private readonly logs: BuildLogs,
    private readonly cancellations: BuildCancellations,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  @HandlesJob(buildJob)
  async build(job: JobContext<BuildJob>): Promise<void> {
    const { buildId, attempt } = job.payload;
    try {
      await this.leases.hold({ kind: 'build', id: buildId, attempt }, (leaseLost) =>
        this.cancellations.during(buildId, (canceled) => this.work(job, { canceled, leaseLost })),
      );
    } catch (error) {
      // The engine went away: that says nothing about this build, which waits for its return.
      if (isEngineUnreachable(error)) throw new HandBack(NO_ENGINE_RETRY_MS, 'no container engine answers');
      throw error;
    }
  }

  private async work(job: JobContext<BuildJob>, signals: Signals): Promise<void> {
    const begun = performance.now();
    const { payload } = job;
    const earlier = await this.builder.findBuilt(payload);
    if (earlier) return this.report(payload, { kind: 'succeeded', built: earlier }, NO_LOG, begun);

    const of = { buildId: payload.buildId, appId: payload.appId, attempt: payload.attempt };
    await this.facts.publish(buildStarted, { ...of, at: new Date().toISOString() });
    const log = await this.logs.open(payload);
    try {
      const ending = await this.ending(job, log, signals);
      if (ending.kind === 'replaced') {
        this.logger.warn(of, 'the lease on a build was lost: it is left to whoever has it now');
        return;
      }
      await log.say(lastWords(ending, begun));
      await this.report(payload, ending, await log.store(), begun);
      await log.end();
    } finally {
      await log.dispose();
    }
  }

  /** @throws what brings the job back: HandBack, ENGINE_UNAVAILABLE, a fetch that may succeed later */
  private async ending(job: JobContext<BuildJob>, log: BuildLog, signals: Signals): Promise<Ending | { kind: 'replaced' }> {
    try {
      const outcome = await this.builder.build(job.payload, log, AbortSignal.any([signals.canceled, signals.leaseLost, job.signal]));
      const stopped = await this.stopped(job.payload.buildId, signals);
      if (stopped) {
        // Where the build goes on elsewhere, the tag is another worker's too.
        if (stopped.kind === 'canceled') await this.builder.discard(job.payload);
        return stopped;
      }
      return outcome.status === 'succeeded' ? { kind: 'succeeded', built: outcome.built } : { kind: 'failed', error: outcome.error };
    } catch (error) {
      const stopped = await this.stopped(job.payload.buildId, signals);
      if (stopped) return stopped;
      if (job.signal.aborted) throw new HandBack(0, 'The service is shutting down');
      if (isEngineUnreachable(error)) await log.say('The container engine went away. The build begins again when one answers.');
      if (!(error instanceof DomainError) || isEngineUnreachable(error)) throw error;
      if (error.retryable && !job.lastDelivery) {
        await log.say(`${error.message}. It is tried again.`);
        throw error;
      }
      return { kind: 'failed', error: { code: error.code, message: error.message } };
    }
  }

  /**
   * Whether this worker has to stop, and what that says of the build. A lost lease alone says nothing: the worker may
   * have been cut off for so long that another one has the build, with this attempt or a later one.
   */
  private async stopped(buildId: string, { canceled, leaseLost }: Signals): Promise<{ kind: 'canceled' | 'replaced' } | null> {
    if (canceled.aborted) return { kind: 'canceled' };
    if (!leaseLost.aborted) return null;
    const over = await this.requests.send(buildGet, { id: buildId }).then(
      ({ status }) => status === 'canceled',
      // Deleted with its app. Where the catalog cannot be asked, nobody else may be harmed.
      (error: unknown) => error instanceof DomainError && error.code === 'NOT_FOUND',
    );
    return { kind: over ? 'canceled' : 'replaced' };
  }

  private async report(job: BuildJob, ending: Ending, log: StoredLog, begun: number): Promise<void> {
    const durationMs = Math.round(performance.now() - begun);
    const fact = { buildId: job.buildId, appId: job.appId, attempt: job.attempt, at: new Date().toISOString(), ...log, durationMs };
    const about = { buildId: job.buildId, appId: job.appId, commitSha: job.commitSha, durationMs, logLines: log.logLines };
    if (ending.kind === 'succeeded') {
      const { reference, image } = ending.built;
      await this.facts.publish(buildSucceeded, { ...fact, image: { reference, digest: image.id, bytes: image.bytes }, ports: image.ports });
      this.logger.info({ ...about, image: reference, bytes: image.bytes }, 'build succeeded');
    } else if (ending.kind === 'failed') {
      await this.facts.publish(buildFailed, { ...fact, error: ending.error });
      this.logger.info({ ...about, code: ending.error.code }, 'build failed');
    } else {
      await this.facts.publish(buildCanceled, fact);
      this.logger.info(about, 'build canceled');
    }
  }
}

function lastWords(ending: Ending, begun: number): string {
  if (ending.kind === 'canceled') return 'Canceled';
  if (ending.kind === 'failed') return `FAILED ${ending.error.code}: ${ending.error.message}`;
  const { reference, image } = ending.built;
  return `Built ${reference}, ${size(image.bytes)}, in ${((performance.now() - begun) / 1000).toFixed(1)} s`;
}
