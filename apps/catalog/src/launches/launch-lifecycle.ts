import { Inject, Injectable } from '@nestjs/common';
import { DomainError, type ErrorData, type LaunchEnv, type LaunchJob, launchJob, stopJob } from '@osiris/contracts';
import { ENV } from '@osiris/service-kit';
import type { z } from 'zod';
import { BuildEntity } from '../builds/build.entity';
import type { Transaction } from '../database/database';
import type { Env } from '../env';
import { instant } from '../lifecycle/leased-row';
import { Outbox } from '../outbox/outbox';
import { OutboxEntity } from '../outbox/outbox.entity';
import { RepositoryEntity } from '../repositories/repository.entity';
import { VerificationEntity } from '../verifications/verification.entity';
import { LaunchEntity } from './launch.entity';
import { type LaunchEffect, type LaunchEvent, launchMachine } from './launch.machine';
import { launchTerms } from './launch-terms';
import { launchView, viewLaunch } from './launch-view';
import type { QueuePlace } from './waiting-launches';

export type LaunchChange = Partial<
  Pick<LaunchEntity, 'runnerId' | 'containerId' | 'port' | 'exitCode' | 'queuedMs' | 'startMs' | 'readyMs' | 'expiresAt' | 'stopReason' | 'warm'>
> & { error?: ErrorData | null };

/** What a launch runs. */
export interface LaunchOf {
  repository: RepositoryEntity;
  build: BuildEntity;
}

/** Takes launches through their lifecycle: `launch.machine.ts` says what may happen, here is how. */
@Injectable()
export class LaunchLifecycle {
  private readonly idleMs: number;
  private readonly roomListeners: ((tx: Transaction) => void)[] = [];

  constructor(
    private readonly outbox: Outbox,
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

  /** @returns the message id of the launch's job */
  async enqueueLaunch(tx: Transaction, row: LaunchEntity, of: LaunchOf, env: z.infer<typeof LaunchEnv>, restart = false): Promise<string> {
    return this.outbox.job(tx, launchJob, row.id, await this.jobFor(tx, row, of, env, restart));
  }

  /** There is no room: its job, and with it the variables, waits for `roomFound`. */
  async holdLaunch(tx: Transaction, row: LaunchEntity, of: LaunchOf, env: z.infer<typeof LaunchEnv>): Promise<void> {
    await this.outbox.hold(tx, launchJob, row.id, await this.jobFor(tx, row, of, env, false));
  }

  private async jobFor(tx: Transaction, row: LaunchEntity, { repository, build }: LaunchOf, env: z.infer<typeof LaunchEnv>, restart: boolean): Promise<z.input<typeof launchJob.schema>> {
    const seen = await tx.manager.findOneBy(VerificationEntity, { buildId: build.id });
    return {
      attempt: row.attempt,
      launchId: row.id,
      appId: repository.id,
      buildId: build.id,
      slug: repository.slug,
      imageReference: row.imageReference,
      ...launchTerms(repository, build, seen),
      env,
      profile: row.profile,
      expiresAt: instant(row.expiresAt),
      ...(restart ? { restart } : {}),
    };
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
      case 'enqueueStop': {
        const { id: launchId, repositoryId: appId, stopReason, attempt } = row;
        row.jobMessageId = await this.outbox.job(tx, stopJob, launchId, { launchId, appId, reason: stopReason ?? 'stopped', attempt });
        return;
      }
      case 'enqueueLaunch': {
        const lost = await this.jobOf(tx, row);
        return this.enqueueNext(tx, row, lost?.env ?? {}, lost?.restart === true);
      }
      case 'enqueueRestart':
        // The variables were forgotten when it ran: its container has them.
        return this.enqueueNext(tx, row, {}, true);
      case 'sendHeld':
        return this.sendHeld(tx, row);
      case 'report':
        return; // once the row is saved
    }
  }

  private async enqueueNext(tx: Transaction, row: LaunchEntity, env: z.infer<typeof LaunchEnv>, restart: boolean): Promise<void> {
    row.attempt += 1;
    Object.assign(row, { leaseWorker: null, leaseUntil: null });
    row.jobMessageId = await this.enqueueLaunch(tx, row, await ofLaunch(tx, row), env, restart);
  }

  /** Its time begins now, however long it waited for room. */
  private async sendHeld(tx: Transaction, row: LaunchEntity): Promise<void> {
    const held = await this.outbox.takeHeld(tx, launchJob, row.id);
    row.expiresAt += tx.now - row.createdAt;
    row.jobMessageId = await this.enqueueLaunch(tx, row, await ofLaunch(tx, row), held?.env ?? {});
  }

  /** The variables live in the job alone: a job that replaces a lost one takes them from there. */
  async envOf(tx: Transaction, row: LaunchEntity): Promise<z.infer<typeof LaunchEnv>> {
    return (await this.jobOf(tx, row))?.env ?? {};
  }

  private async jobOf(tx: Transaction, row: LaunchEntity): Promise<LaunchJob | null> {
    const job = row.jobMessageId === null ? null : await tx.manager.findOneBy(OutboxEntity, { messageId: row.jobMessageId });
    return job === null ? null : launchJob.schema.parse(JSON.parse(job.payload));
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

async function ofLaunch(tx: Transaction, row: LaunchEntity): Promise<LaunchOf> {
  const repository = await tx.manager.findOneByOrFail(RepositoryEntity, { id: row.repositoryId });
  return { repository, build: await tx.manager.findOneByOrFail(BuildEntity, { id: row.buildId }) };
}

/** True where no runner has leased it, now or before: its container, if one was made in advance, was never started. */
function isUntaken(row: LaunchEntity): boolean {
  return row.status === 'pending' && row.leaseWorker === null && row.runnerId === null;
}
