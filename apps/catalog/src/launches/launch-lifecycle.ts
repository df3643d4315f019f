import { Inject, Injectable } from '@nestjs/common';
import { DomainError, type ErrorData, type LaunchEnv, launchJob, stopJob } from '@osiris/contracts';
import { ENV } from '@osiris/service-kit';
import type { z } from 'zod';
import { BuildEntity } from '../builds/build.entity';
import type { Transaction } from '../database/database';
import type { Env } from '../env';
import { instant } from '../lifecycle/leased-row';
import { Outbox } from '../outbox/outbox';
import { OutboxEntity } from '../outbox/outbox.entity';
import { RepositoryEntity } from '../repositories/repository.entity';
import { LaunchEntity } from './launch.entity';
import { type LaunchEffect, type LaunchEvent, launchMachine } from './launch.machine';
import { launchView } from './launch-view';

export type LaunchChange = Partial<
  Pick<LaunchEntity, 'runnerId' | 'containerId' | 'port' | 'exitCode' | 'queuedMs' | 'startMs' | 'readyMs' | 'expiresAt' | 'stopReason' | 'warm'>
> & { error?: ErrorData | null };

/** Takes launches through their lifecycle: `launch.machine.ts` says what may happen, here is how. */
@Injectable()
export class LaunchLifecycle {
  private readonly idleMs: number;

  constructor(
    private readonly outbox: Outbox,
    @Inject(ENV) env: Env,
  ) {
    this.idleMs = env.LAUNCH_IDLE_SECONDS * 1_000;
  }

  /** One step. @throws DomainError CONFLICT where the table refuses it. */
  async advance(tx: Transaction, row: LaunchEntity, event: LaunchEvent, change: LaunchChange = {}): Promise<void> {
    const step = launchMachine[row.status][event];
    if (step === 'ignored') return;
    if (step === 'refused') throw new DomainError('CONFLICT', `The launch is ${row.status}.`);
    const { error, ...columns } = change;
    row.status = step.to;
    Object.assign(row, columns);
    if (event === 'running') {
      row.startedAt ??= tx.now;
      if (this.idleMs > 0) row.idleAt = Math.max(row.idleAt ?? 0, tx.now + this.idleMs);
    }
    if (event === 'stopRequested' || event === 'withdrawn') row.stopReason ??= 'stopped';
    if (event === 'expired' || event === 'expiredUntaken') row.stopReason = 'expired';
    if (step.to === 'stopped' || step.to === 'failed' || step.to === 'expired') {
      row.endedAt = tx.now;
      Object.assign(row, { leaseWorker: null, leaseUntil: null });
    }
    if (step.to === 'failed') {
      row.errorCode = error?.code ?? 'CONTAINER_GONE';
      row.errorMessage = error?.message ?? 'The container is no longer there.';
    }
    for (const effect of step.emits) await this.prepare(tx, effect, row);
    await tx.manager.update(LaunchEntity, { id: row.id }, row);
    if (step.emits.includes('report')) await this.report(tx, row);
  }

  /** Ends it because somebody asked, or because nobody uses it. */
  stop(tx: Transaction, row: LaunchEntity, stopReason: 'stopped' | 'idle' = 'stopped'): Promise<void> {
    return this.advance(tx, row, isUntaken(row) ? 'withdrawn' : 'stopRequested', { stopReason });
  }

  /** Ends it because its time is up. */
  expire(tx: Transaction, row: LaunchEntity): Promise<void> {
    return this.advance(tx, row, isUntaken(row) ? 'expiredUntaken' : 'expired');
  }

  /** @returns the message id of the launch's job */
  async enqueueLaunch(tx: Transaction, row: LaunchEntity, repository: RepositoryEntity, build: BuildEntity, env: z.infer<typeof LaunchEnv>): Promise<string> {
    // What ingestion read of the app counts for the commit it was read from.
    const said = build.commitSha === repository.commitSha ? repository : null;
    return this.outbox.job(tx, launchJob, row.id, {
      attempt: row.attempt,
      launchId: row.id,
      appId: repository.id,
      buildId: build.id,
      slug: repository.slug,
      imageReference: row.imageReference,
      port: said?.port ?? build.ports[0] ?? null,
      healthPath: said?.healthPath ?? null,
      env,
      profile: row.profile,
      expiresAt: instant(row.expiresAt),
    });
  }

  async report(tx: Transaction, row: LaunchEntity): Promise<void> {
    await this.outbox.event(tx, 'launch.updated', row.repositoryId, { launch: launchView(row) });
  }

  /** What an effect changes in the row or beside it, before both are told of. */
  private async prepare(tx: Transaction, effect: LaunchEffect, row: LaunchEntity): Promise<void> {
    switch (effect) {
      case 'forgetEnv':
        return this.outbox.forgetEnv(tx, row.id);
      case 'dropJob':
        return this.outbox.drop(tx, [row.id]);
      case 'enqueueStop': {
        const { id: launchId, repositoryId: appId, stopReason, attempt } = row;
        row.jobMessageId = await this.outbox.job(tx, stopJob, launchId, { launchId, appId, reason: stopReason ?? 'stopped', attempt });
        return;
      }
      case 'enqueueLaunch': {
        const env = await this.envOf(tx, row);
        row.attempt += 1;
        Object.assign(row, { leaseWorker: null, leaseUntil: null });
        const repository = await tx.manager.findOneByOrFail(RepositoryEntity, { id: row.repositoryId });
        const build = await tx.manager.findOneByOrFail(BuildEntity, { id: row.buildId });
        row.jobMessageId = await this.enqueueLaunch(tx, row, repository, build, env);
        return;
      }
      case 'report':
        return; // once the row is saved
    }
  }

  /** The variables live in the job alone: a job that replaces a lost one takes them from there. */
  private async envOf(tx: Transaction, row: LaunchEntity): Promise<z.infer<typeof LaunchEnv>> {
    const job = row.jobMessageId === null ? null : await tx.manager.findOneBy(OutboxEntity, { messageId: row.jobMessageId });
    return job === null ? {} : launchJob.schema.parse(JSON.parse(job.payload)).env;
  }
}

/** True where no runner has leased it, now or before: its container, if one was made in advance, was never started. */
function isUntaken(row: LaunchEntity): boolean {
  return row.status === 'pending' && row.leaseWorker === null && row.runnerId === null;
}
