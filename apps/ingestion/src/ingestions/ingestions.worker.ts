import { Inject, Injectable } from '@nestjs/common';
import { DomainError, type IngestJob, ingestJob } from '@osiris/contracts';
import { Facts, HandBack, HandlesJob, type JobContext, Leases, LOGGER, type Logger } from '@osiris/service-kit';
import { IngestionLogs } from './ingestion-logs';
import { IngestionReport } from './ingestion-report';
import { IngestionsService } from './ingestions.service';

/** Does ingestion jobs: decides what a failure means for the job. */
@Injectable()
export class IngestionsWorker {
  constructor(
    private readonly ingestions: IngestionsService,
    private readonly leases: Leases,
    private readonly facts: Facts,
    private readonly logs: IngestionLogs,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  @HandlesJob(ingestJob)
  async ingest(job: JobContext<IngestJob>): Promise<void> {
    const { ingestionId, attempt, slug } = job.payload;
    const held = await this.leases.hold({ kind: 'ingestion', id: ingestionId, attempt }, (lost) => this.deliver(job, lost));
    if (held.outcome === 'superseded') this.logger.info({ ingestionId, attempt, slug }, 'An ingestion was superseded before it began');
  }

  private async deliver(job: JobContext<IngestJob>, lost: AbortSignal): Promise<void> {
    const report = new IngestionReport(this.facts, job.payload, job.delivery);
    try {
      await this.ingestions.ingest(job.payload, report, AbortSignal.any([job.signal, lost]));
    } catch (error) {
      // The app is gone or another attempt has begun: nobody waits for this one's end.
      if (lost.aborted) return;
      // Shutting down is no failure: another instance begins anew.
      if (job.signal.aborted || error instanceof HandBack) throw error;
      const failure = asDomainError(error);
      if (failure !== error) this.logger.error({ err: error, ingestionId: job.payload.ingestionId }, 'An ingestion failed unexpectedly');
      await report.failed(failure, failure.retryable && !job.lastDelivery);
      // Thrown, the job comes again after its backoff, or is dead-lettered after its last delivery.
      if (failure.retryable) throw failure;
    } finally {
      if (!lost.aborted && !job.signal.aborted) this.logs.keep(job.payload, report.lines);
    }
  }
}

function asDomainError(error: unknown): DomainError {
  return error instanceof DomainError ? error : new DomainError('INTERNAL', 'Something unexpected happened while the repository was read', { cause: error });
}
