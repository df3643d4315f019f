import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { repositoryCheckJob } from '@osiris/contracts';
import { counter, LOGGER, type Logger, Nats, runWithTrace } from '@osiris/service-kit';
import { LessThanOrEqual } from 'typeorm';
import { Database, type Transaction } from '../database/database';
import { newId } from '../identifiers';
import { Interval } from '../lifecycle/interval';
import { Outbox } from '../outbox/outbox';
import { RepositoryEntity } from '../repositories/repository.entity';
import { RefreshSchedule } from './refresh-schedule';

/** Looks under way at once: what is due beyond them waits, so that a hub that was off for a day does not run at every host. */
const MAX_IN_FLIGHT = 20;
const LOOK_EVERY_MS = 2_000;

const checks = counter('osiris_repository_checks_total', 'Repositories asked whether they have a newer commit');

/**
 * Has the repositories looked at that are due, a few at a time. One indexed query a turn, and none that grows with the
 * catalogue: imported apps are never due.
 */
@Injectable()
export class RefreshLoop implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly interval: Interval;

  constructor(
    private readonly database: Database,
    private readonly nats: Nats,
    private readonly outbox: Outbox,
    private readonly schedule: RefreshSchedule,
    @Inject(LOGGER) logger: Logger,
  ) {
    const everyMs = Math.min(LOOK_EVERY_MS, schedule.settings.intervalMs / 2);
    this.interval = new Interval(everyMs, () => this.turn(), logger, 'Repositories could not be asked for newer commits');
  }

  onApplicationBootstrap(): void {
    if (this.schedule.isOn) this.interval.start();
  }

  onApplicationShutdown(): Promise<void> {
    return this.interval.stop();
  }

  /** Asks as many of those that are due as there is room for. @throws where NATS is away */
  async turn(): Promise<void> {
    if (this.nats.connection.isClosed()) return;
    const due = await this.database.read((manager) =>
      manager.find(RepositoryEntity, { select: { id: true }, where: { nextCheckAt: LessThanOrEqual(Date.now()) }, order: { nextCheckAt: 'ASC' }, take: MAX_IN_FLIGHT }),
    );
    if (due.length === 0) return;
    const room = MAX_IN_FLIGHT - (await this.inFlight());
    for (const { id } of due.slice(0, Math.max(0, room))) await runWithTrace(undefined, () => this.database.write((tx) => this.ask(tx, id)));
  }

  private async ask(tx: Transaction, id: string): Promise<void> {
    const row = await tx.manager.findOneBy(RepositoryEntity, { id });
    // Looked at again: meanwhile it may have been deleted, or read.
    if (!row || row.nextCheckAt === null || row.nextCheckAt > tx.now) return;
    // A look whose answer never came: its job holds the URL, perhaps with credentials, and is wanted no more.
    if (row.checkId !== null) await this.outbox.drop(tx, [row.checkId]);
    const checkId = newId('chk');
    await this.outbox.job(tx, repositoryCheckJob, checkId, { appId: row.id, checkId, repoUrl: row.fetchUrl, ref: row.askedRef, knownCommitSha: row.commitSha });
    // Should no answer come, it is asked again then.
    await tx.manager.update(RepositoryEntity, { id }, { checkId, nextCheckAt: this.schedule.next(tx.now, row.quietChecks) });
    checks.inc();
  }

  /** Jobs that no worker has finished, whichever catalog enqueued them. @throws where NATS is away */
  private async inFlight(): Promise<number> {
    const { state } = await this.nats.jetstreamManager().streams.info('JOBS', { subjects_filter: repositoryCheckJob.subject });
    return state.subjects?.[repositoryCheckJob.subject] ?? 0;
  }
}
