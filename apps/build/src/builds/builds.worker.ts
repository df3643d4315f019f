import { Inject, Injectable } from '@nestjs/common';
import { type BuildJob, buildGet, buildJob, DomainError } from '@osiris/contracts';
import { isEngineUnreachable } from '@osiris/engine';
import { HandBack, HandlesJob, type JobContext, Leases, LOGGER, type Logger, Requests } from '@osiris/service-kit';
import { BuildCancellations } from './build-cancellations';
import { type BuildLog, BuildLogs } from './build-logs';
import { BuildReport, type Ending, lastWords } from './build-report';
import type { BuiltImage } from './built-image';
import { ImageBuilder } from './image-builder';
import { ImagePush } from './image-push';
import { ReadyImages } from './ready-images';

const NO_ENGINE_RETRY_MS = 2_000;

/** Why a worker stops before its build has ended. */
interface Signals {
  /** The catalog says that somebody canceled the build. */
  canceled: AbortSignal;
  /** The catalog gives this worker no lease any more, for whatever reason. */
  leaseLost: AbortSignal;
  /** Any of these, or the service is shutting down. */
  any: AbortSignal;
}

/** Does build jobs: one commit to one image, reported as facts. */
@Injectable()
export class BuildsWorker {
  constructor(
    private readonly leases: Leases,
    private readonly requests: Requests,
    private readonly ready: ReadyImages,
    private readonly builder: ImageBuilder,
    private readonly registry: ImagePush,
    private readonly logs: BuildLogs,
    private readonly report: BuildReport,
    private readonly cancellations: BuildCancellations,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  @HandlesJob(buildJob)
  async build(job: JobContext<BuildJob>): Promise<void> {
    const { buildId, attempt } = job.payload;
    try {
      await this.leases.hold({ kind: 'build', id: buildId, attempt }, (leaseLost) =>
        this.cancellations.during(buildId, (canceled) => this.work(job, { canceled, leaseLost, any: AbortSignal.any([canceled, leaseLost, job.signal]) })),
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
    const ready = (await this.ready.ofEarlierDelivery(payload)) ?? (await this.ready.take(payload, signals.any));
    const silently = ready && (await this.ending(job, signals, async () => this.pushed(ready, await this.registry.push(ready.reference, signals.any))));
    if (silently) {
      if (silently.kind !== 'replaced') await this.report.ended(payload, silently, begun);
      return;
    }

    await this.report.started(payload);
    const log = await this.logs.open(payload);
    try {
      const ending = await this.ending(job, signals, () => this.make(payload, log, signals.any), log);
      if (ending.kind === 'replaced') {
        this.logger.warn({ buildId: payload.buildId, attempt: payload.attempt }, 'the lease on a build was lost: it is left to whoever has it now');
        return;
      }
      await log.say(lastWords(ending, begun));
      await this.report.ended(payload, ending, begun, await log.store());
      await log.end();
    } finally {
      await log.dispose();
    }
  }

  private async make(job: BuildJob, log: BuildLog, signal: AbortSignal): Promise<Ending> {
    const outcome = await this.builder.build(job, log, signal);
    if (outcome.status === 'failed') return { kind: 'failed', failure: outcome.failure };
    return this.pushed(outcome.built, await this.registry.pushTold(outcome.built.reference, log, signal));
  }

  private pushed(built: BuiltImage, pushedDigest: string | null): Ending {
    return { kind: 'succeeded', built, pushedDigest };
  }

  /** @throws what brings the job back: HandBack, ENGINE_UNAVAILABLE, a fetch or a push that may succeed later */
  private async ending(job: JobContext<BuildJob>, signals: Signals, work: () => Promise<Ending>, log?: BuildLog): Promise<Ending | { kind: 'replaced' }> {
    try {
      const ending = await work();
      const stopped = await this.stopped(job.payload.buildId, signals);
      // Where the build goes on elsewhere, the tag is another worker's too.
      if (stopped?.kind === 'canceled') await this.builder.discard(job.payload);
      return stopped ?? ending;
    } catch (error) {
      const stopped = await this.stopped(job.payload.buildId, signals);
      // Canceled during the push, or where the first try to take the image back failed. What cannot be had now, housekeeping takes.
      if (stopped?.kind === 'canceled') await this.builder.discard(job.payload).catch((cause: unknown) => this.logger.info({ err: cause, buildId: job.payload.buildId }, 'an image of a canceled build stays for housekeeping'));
      if (stopped) return stopped;
      if (job.signal.aborted) throw new HandBack(0, 'The service is shutting down');
      if (isEngineUnreachable(error)) await log?.say('The container engine went away. The build begins again when one answers.');
      if (!(error instanceof DomainError) || isEngineUnreachable(error)) throw error;
      // A registry was tried again and again already, where there is a log to tell it in.
      if (error.retryable && !job.lastDelivery && !(log && error.code === 'REGISTRY_UNAVAILABLE')) {
        await log?.say(`${error.message}. It is tried again.`);
        throw error;
      }
      return { kind: 'failed', failure: { code: error.code, message: error.message, retryable: error.retryable } };
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
}
