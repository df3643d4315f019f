import { Inject, Injectable } from '@nestjs/common';
import { buildJob, ingestJob, jobDeadLettered, launchJob, verifyJob } from '@osiris/contracts';
import { type FactMeta, HandlesFact, LOGGER, type Logger } from '@osiris/service-kit';
import { z } from 'zod';
import { BuildEntity } from '../builds/build.entity';
import { BuildLifecycle } from '../builds/build-lifecycle';
import type { Transaction } from '../database/database';
import { IngestionEntity } from '../ingestions/ingestion.entity';
import { IngestionsService } from '../ingestions/ingestions.service';
import { LaunchEntity } from '../launches/launch.entity';
import { LaunchLifecycle } from '../launches/launch-lifecycle';
import { Inbox } from '../outbox/inbox';
import { RepositoryEntity } from '../repositories/repository.entity';
import { VerificationEntity } from '../verifications/verification.entity';
import { VerificationLifecycle } from '../verifications/verification-lifecycle';

/** Enough of any leased job to know whose it is, also where the rest of it does not fit its schema. */
const Of = z.object({ attempt: z.number(), ingestionId: z.string().optional(), buildId: z.string().optional(), launchId: z.string().optional(), verificationId: z.string().optional() });
type DeadLetter = z.output<typeof jobDeadLettered.schema>;

/** A job that the queue gave up ends its lifecycle as failed: nothing waits for ever in silence. */
@Injectable()
export class DeadLetters {
  constructor(
    private readonly inbox: Inbox,
    private readonly ingestions: IngestionsService,
    private readonly builds: BuildLifecycle,
    private readonly launches: LaunchLifecycle,
    private readonly verifications: VerificationLifecycle,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  @HandlesFact(jobDeadLettered)
  async abandoned(fact: DeadLetter, meta: FactMeta): Promise<void> {
    const { subject, worker, deliveries, error } = fact;
    this.logger.warn({ subject, worker, deliveries, code: error.code }, `A job was given up: ${error.message}`);
    const of = Of.safeParse(fact.payload);
    if (!of.success) return;
    await this.inbox.once(meta, async (tx) => this.end(tx, subject, of.data, error));
  }

  private async end(tx: Transaction, subject: string, of: z.output<typeof Of>, error: DeadLetter['error']): Promise<void> {
    if (subject === ingestJob.subject) {
      const row = await tx.manager.findOneBy(IngestionEntity, { id: of.ingestionId ?? '' });
      if (row?.attempt !== of.attempt) return;
      const repository = await tx.manager.findOneByOrFail(RepositoryEntity, { id: row.repositoryId });
      await this.ingestions.advance(tx, repository, row, 'abandoned', { message: error.message, phase: 'done', error });
    } else if (subject === buildJob.subject) {
      const row = await tx.manager.findOneBy(BuildEntity, { id: of.buildId ?? '' });
      if (row?.attempt === of.attempt) await this.builds.advance(tx, row, 'abandoned', { error });
    } else if (subject === launchJob.subject) {
      const row = await tx.manager.findOneBy(LaunchEntity, { id: of.launchId ?? '' });
      if (row?.attempt === of.attempt) await this.launches.advance(tx, row, 'abandoned', { error });
    } else if (subject === verifyJob.subject) {
      const row = await tx.manager.findOneBy(VerificationEntity, { id: of.verificationId ?? '' });
      if (row?.attempt === of.attempt) await this.verifications.advance(tx, row, 'abandoned', { error });
    }
  }
}
