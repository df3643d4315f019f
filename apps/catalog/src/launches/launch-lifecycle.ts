import { Inject, Injectable } from '@nestjs/common';
import { DomainError, type ErrorData } from '@osiris/contracts';
import { ENV } from '@osiris/service-kit';
import type { Transaction } from '../database/database';
import type { Env } from '../env';
import { Outbox } from '../outbox/outbox';
import { LaunchEntity } from './launch.entity';
import { type LaunchEffect, type LaunchEvent, launchMachine } from './launch.machine';
import { LaunchJobs } from './launch-jobs';
import { launchView, viewLaunch } from './launch-view';
import type { QueuePlace } from './waiting-launches';

export type LaunchChange = Partial<
  Pick<LaunchEntity, 'runnerId' | 'containerId' | 'port' | 'exitCode' | 'queuedMs' | 'startMs' | 'readyMs' | 'expiresAt' | 'stopReason' | 'warm'>
> & { error?: ErrorData | null };

/** Takes launches through their lifecycle: `launch.machine.ts` says what may happen, here is how. */
@Injectable()
export class LaunchLifecycle {
  private readonly idleMs: number;
  private readonly roomListeners: ((tx: Transaction) => void)[] = [];

  constructor(
    private readonly outbox: Outbox,
    private readonly jobs: LaunchJobs,
    @Inject(ENV) env: Env,
  ) {
    this.idleMs = env.LAUNCH_IDLE_SECONDS * 1_000;
  }

  /** Called within the transaction in which one gives up its room. */
  onRoom(listener: (tx: Transaction) => void): void {
    this.roomListeners.push(listener);
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
    if (event === 'restartRequested') beginAnew(row, tx.now);
    if (isOver(step.to)) for (const listener of this.roomListeners) listener(tx);
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

  /** @param place of one that waits for room, where it is known already */
  async report(tx: Transaction, row: LaunchEntity, place?: QueuePlace): Promise<void> {
    const launch = place ? launchView(row, place) : await viewLaunch(tx.manager, row);
    await this.outbox.event(tx, 'launch.updated', row.repositoryId, { launch });
  }

  /** What an effect changes in the row or beside it, before both are told of. */
  private async prepare(tx: Transaction, effect: LaunchEffect, row: LaunchEntity): Promise<void> {
    switch (effect) {
      case 'forgetEnv':
        return this.outbox.forgetEnv(tx, row.id);
      case 'dropJob':
        return this.outbox.drop(tx, [row.id]);
      case 'enqueueStop':
        return this.jobs.sendStop(tx, row);
      case 'enqueueLaunch':
        return this.jobs.sendAgain(tx, row);
      case 'enqueueRestart':
        return this.jobs.sendRestart(tx, row);
      case 'sendHeld':
        return this.jobs.sendHeld(tx, row);
      case 'report':
        return; // once the row is saved
    }
  }
}

function isOver(status: LaunchEntity['status']): boolean {
  return status === 'stopping' || status === 'stopped' || status === 'failed' || status === 'expired';
}

/** What was measured and found of the container before counts for that one. Its time goes on. */
function beginAnew(row: LaunchEntity, now: number): void {
  row.restarts += 1;
  row.queuedAt = now;
  Object.assign(row, { startedAt: null, queuedMs: null, startMs: null, readyMs: null, port: null, warm: null, idleAt: null });
}

/** True where no runner has leased it, now or before: its container, if one was made in advance, was never started. */
function isUntaken(row: LaunchEntity): boolean {
  return row.status === 'pending' && row.leaseWorker === null && row.runnerId === null;
}
