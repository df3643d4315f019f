import { Injectable } from '@nestjs/common';
import { type ErrorData, ingestJob, type IngestionUpdate } from '@osiris/contracts';
import { BuildRequests } from '../builds/build-requests';
import type { Transaction } from '../database/database';
import { newId } from '../identifiers';
import { errorOf } from '../lifecycle/leased-row';
import { Outbox } from '../outbox/outbox';
import { OutboxEntity } from '../outbox/outbox.entity';
import { RefreshSchedule } from '../refresh/refresh-schedule';
import { viewApp } from '../repositories/app-view';
import { RepositoryEntity } from '../repositories/repository.entity';
import { IngestionEntity, IngestionEventEntity } from './ingestion.entity';
import { type IngestionEffect, type IngestionEvent, ingestionMachine } from './ingestion.machine';

export interface IngestionChange {
  message: string;
  phase?: IngestionUpdate['phase'];
  commitSha?: string | null;
  /** null clears what an earlier delivery left. */
  error?: ErrorData | null;
  durationMs?: number | null;
}

/** Takes ingestions through their lifecycle: `ingestion.machine.ts` says what may happen, here is how. */
@Injectable()
export class IngestionsService {
  constructor(
    private readonly outbox: Outbox,
    private readonly builds: BuildRequests,
    private readonly schedule: RefreshSchedule,
  ) {}

  /**
   * Begins to read a repository anew; a reading under way gives way to it. Saves `repository`.
   * @param options.unlessUnchanged the entry stands where its ref still points at the commit that it was read from
   */
  async begin(tx: Transaction, repository: RepositoryEntity, message: string, { unlessUnchanged = false } = {}): Promise<void> {
    const current = await this.currentOf(tx, repository);
    if (current) await this.advance(tx, repository, current, 'superseded', { message: 'A newer ingestion took its place', phase: 'done' });
    const row = tx.manager.create(IngestionEntity, {
      id: newId('ing'),
      repositoryId: repository.id,
      status: 'pending',
      phase: 'queued',
      attempt: 1,
      deliveries: 0,
      jobMessageId: null,
      leaseWorker: null,
      leaseUntil: null,
      errorCode: null,
      errorMessage: null,
      commitSha: null,
      queuedAt: tx.now,
      startedAt: null,
      completedAt: null,
    });
    row.jobMessageId = await this.enqueue(tx, repository, row, unlessUnchanged);
    await tx.manager.insert(IngestionEntity, row);
    Object.assign(repository, { ingestionId: row.id, ingestStatus: 'pending', ingestAttempts: 0, errorCode: null, errorMessage: null, updatedAt: tx.now });
    repository.nextCheckAt = this.schedule.next(tx.now, repository.quietChecks);
    await tx.manager.update(RepositoryEntity, { id: repository.id }, repository);
    await this.report(tx, row, { message });
  }

  async currentOf(tx: Transaction, repository: RepositoryEntity): Promise<IngestionEntity | null> {
    return repository.ingestionId === null ? null : tx.manager.findOneBy(IngestionEntity, { id: repository.ingestionId });
  }

  /** Whether it waits for a worker that will read the repository also where nothing has changed. */
  async waitsToReadAnew(tx: Transaction, row: IngestionEntity): Promise<boolean> {
    if (row.status !== 'pending' || row.jobMessageId === null) return false;
    const job = await tx.manager.findOneBy(OutboxEntity, { messageId: row.jobMessageId });
    return job !== null && !ingestJob.schema.parse(JSON.parse(job.payload)).known;
  }

  /**
   * One step of the lifecycle. The caller has put what a fact says about the app into `repository` already.
   * @returns false where the state lets nothing happen
   */
  async advance(tx: Transaction, repository: RepositoryEntity, row: IngestionEntity, event: IngestionEvent, change: IngestionChange): Promise<boolean> {
    const step = ingestionMachine[row.status][event];
    if (typeof step === 'string') return false;
    row.status = step.to;
    if (change.phase) row.phase = change.phase;
    if (change.commitSha) row.commitSha = change.commitSha;
    if (change.error !== undefined) {
      row.errorCode = change.error?.code ?? null;
      row.errorMessage = change.error?.message ?? null;
    }
    if (event === 'started') {
      row.deliveries += 1;
      row.startedAt ??= tx.now;
    }
    const final = step.to === 'ready' || step.to === 'failed' || step.to === 'superseded';
    if (final) row.completedAt = tx.now;
    // A delivery that failed gives its lease back, so that the next one need not wait for it to lapse.
    if (final || event === 'stumbled') Object.assign(row, { leaseWorker: null, leaseUntil: null });
    if (step.emits.includes('enqueue')) {
      row.attempt += 1;
      Object.assign(row, { leaseWorker: null, leaseUntil: null });
      row.jobMessageId = await this.enqueue(tx, repository, row);
    }
    await tx.manager.update(IngestionEntity, { id: row.id }, row);
    if (repository.ingestionId === row.id && row.status !== 'superseded') {
      const { errorCode, errorMessage } = row;
      Object.assign(repository, { ingestStatus: row.status, errorCode, errorMessage, ingestAttempts: row.deliveries, updatedAt: tx.now });
      if (final) repository.nextCheckAt = this.schedule.next(tx.now, repository.quietChecks);
      await tx.manager.update(RepositoryEntity, { id: repository.id }, repository);
    }
    for (const effect of step.emits) await this.perform(tx, effect, repository, row, change);
    return true;
  }

  private async perform(tx: Transaction, effect: IngestionEffect, repository: RepositoryEntity, row: IngestionEntity, change: IngestionChange): Promise<void> {
    switch (effect) {
      case 'report':
        return this.report(tx, row, change);
      case 'app':
        return this.outbox.event(tx, 'app.updated', repository.id, { app: await viewApp(tx.manager, repository.id) });
      case 'build':
        return this.builds.ensureBuilt(tx, repository);
      case 'enqueue':
        return; // done before the row was saved: it changes the row
    }
  }

  private enqueue(tx: Transaction, repository: RepositoryEntity, row: IngestionEntity, unlessUnchanged = false): Promise<string> {
    const { commitSha, readBy } = repository;
    return this.outbox.job(tx, ingestJob, row.id, {
      attempt: row.attempt,
      ingestionId: row.id,
      appId: repository.id,
      slug: repository.slug,
      repoUrl: repository.fetchUrl,
      ref: repository.askedRef,
      dockerfilePath: repository.askedDockerfilePath,
      // One that got lost is read in any case: that is always right.
      known: unlessUnchanged && commitSha !== null && readBy !== null ? { commitSha, readBy } : null,
    });
  }

  private async report(tx: Transaction, row: IngestionEntity, { message, durationMs = null }: IngestionChange): Promise<void> {
    const { repositoryId, status, phase, commitSha, errorCode } = row;
    const attempt = Math.max(row.deliveries, 1);
    await tx.manager.insert(IngestionEventEntity, { ingestionId: row.id, repositoryId, status, phase, message, attempt, commitSha, errorCode, durationMs, at: tx.now });
    if (status === 'superseded') return; // the history keeps it; for clients the newer one speaks
    const update: IngestionUpdate = { appId: repositoryId, status, phase, message, attempt, commitSha, error: errorOf(row), durationMs };
    await this.outbox.event(tx, 'ingestion.updated', repositoryId, update);
  }
}
