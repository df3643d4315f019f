import { Injectable } from '@nestjs/common';
import { launchEnded, launchRunning, launchStarting } from '@osiris/contracts';
import { type FactMeta, HandlesFact } from '@osiris/service-kit';
import type { z } from 'zod';
import type { Transaction } from '../database/database';
import { Inbox } from '../outbox/inbox';
import { VerificationLifecycle } from '../verifications/verification-lifecycle';
import { LaunchEntity } from './launch.entity';
import { LaunchJobs } from './launch-jobs';
import { LaunchLifecycle } from './launch-lifecycle';

const waitedSince = ({ queuedAt, createdAt }: LaunchEntity): number => queuedAt ?? createdAt;

/** Applies what runners report. What comes of an earlier attempt, or of an app that is gone, counts for nothing. */
@Injectable()
export class LaunchFacts {
  constructor(
    private readonly inbox: Inbox,
    private readonly lifecycle: LaunchLifecycle,
    private readonly jobs: LaunchJobs,
    private readonly verifications: VerificationLifecycle,
  ) {}

  @HandlesFact(launchStarting)
  async starting(fact: z.output<typeof launchStarting.schema>, meta: FactMeta): Promise<void> {
    await this.apply(fact.launchId, meta, async (tx, row) => {
      if (row.attempt !== fact.attempt) return;
      const { runnerId, containerId } = fact;
      const queuedMs = Math.max(0, Date.parse(fact.at) - waitedSince(row));
      await this.lifecycle.advance(tx, row, 'starting', { runnerId, containerId, queuedMs });
    });
  }

  @HandlesFact(launchRunning)
  async running(fact: z.output<typeof launchRunning.schema>, meta: FactMeta): Promise<void> {
    await this.apply(fact.launchId, meta, async (tx, row) => {
      if (row.attempt !== fact.attempt) return;
      const { runnerId, containerId, port, startMs, readyMs } = fact;
      const queuedMs = row.queuedMs ?? Math.max(0, Date.parse(fact.at) - waitedSince(row) - startMs - readyMs);
      // With variables of its own, or more memory, it says nothing of how others will find it.
      const plain = row.status !== 'running' && row.profile === 'small' && !(await this.jobs.hasEnv(tx, row));
      await this.lifecycle.advance(tx, row, 'running', { runnerId, containerId, port, queuedMs, startMs, readyMs, warm: fact.warm === true ? 1 : 0 });
      if (plain) await this.verifications.seenRunning(tx, row.buildId, { port, bootMs: readyMs });
    });
  }

  @HandlesFact(launchEnded)
  async ended(fact: z.output<typeof launchEnded.schema>, meta: FactMeta): Promise<void> {
    await this.apply(fact.launchId, meta, async (tx, row) => {
      // A launch that is being stopped is over whichever attempt's container went: the stop ends them all.
      if (row.attempt !== fact.attempt && row.status !== 'stopping') return;
      const { error, exitCode } = fact;
      const expired = fact.outcome === 'expired' || row.stopReason === 'expired';
      const event = fact.outcome === 'failed' && row.status !== 'stopping' ? 'endedFailed' : expired ? 'endedExpired' : 'endedStopped';
      await this.lifecycle.advance(tx, row, event, { error, exitCode });
    });
  }

  private async apply(id: string, meta: FactMeta, change: (tx: Transaction, row: LaunchEntity) => Promise<void>): Promise<void> {
    await this.inbox.once(meta, async (tx) => {
      const row = await tx.manager.findOneBy(LaunchEntity, { id });
      if (row) await change(tx, row);
    });
  }
}
