import { Injectable } from '@nestjs/common';
import { type LaunchEnv, type LaunchJob, launchJob, stopJob } from '@osiris/contracts';
import type { z } from 'zod';
import { BuildEntity } from '../builds/build.entity';
import type { Transaction } from '../database/database';
import { instant } from '../lifecycle/leased-row';
import { Outbox } from '../outbox/outbox';
import { OutboxEntity } from '../outbox/outbox.entity';
import { RepositoryEntity } from '../repositories/repository.entity';
import { VerificationEntity } from '../verifications/verification.entity';
import type { LaunchEntity } from './launch.entity';
import { launchTerms } from './launch-terms';

type Env = z.infer<typeof LaunchEnv>;

/** What a launch runs. */
export interface LaunchOf {
  repository: RepositoryEntity;
  build: BuildEntity;
}

/**
 * The jobs of launches. A launch's variables live in its job alone: held back while there is no room, on its way, until
 * the launch runs; from then on in its container alone.
 */
@Injectable()
export class LaunchJobs {
  constructor(private readonly outbox: Outbox) {}

  /** Sends the launch's job. */
  async send(tx: Transaction, row: LaunchEntity, of: LaunchOf, env: Env, restart = false): Promise<void> {
    row.jobMessageId = await this.outbox.job(tx, launchJob, row.id, await jobFor(tx, row, of, env, restart));
  }

  /** There is no room: the job, and with it the variables, waits for `sendHeld`. */
  async hold(tx: Transaction, row: LaunchEntity, of: LaunchOf, env: Env): Promise<void> {
    await this.outbox.hold(tx, launchJob, row.id, await jobFor(tx, row, of, env, false));
  }

  /** Its time begins now, however long it waited for room. */
  async sendHeld(tx: Transaction, row: LaunchEntity): Promise<void> {
    const held = await this.outbox.takeHeld(tx, launchJob, row.id);
    row.expiresAt += tx.now - row.createdAt;
    await this.send(tx, row, await ofLaunch(tx, row), held?.env ?? {});
  }

  /** In place of one that got lost, under the next attempt: it says the same. */
  async sendAgain(tx: Transaction, row: LaunchEntity): Promise<void> {
    const lost = await jobOf(tx, row);
    await this.sendNext(tx, row, lost?.env ?? {}, lost?.restart === true);
  }

  /** For another container. The variables were forgotten when it ran: the one that is there has them. */
  sendRestart(tx: Transaction, row: LaunchEntity): Promise<void> {
    return this.sendNext(tx, row, {}, true);
  }

  async sendStop(tx: Transaction, row: LaunchEntity): Promise<void> {
    const { id: launchId, repositoryId: appId, stopReason, attempt } = row;
    row.jobMessageId = await this.outbox.job(tx, stopJob, launchId, { launchId, appId, reason: stopReason ?? 'stopped', attempt });
  }

  /** True where somebody gave it variables of its own; it can be told until it runs. */
  async hasEnv(tx: Transaction, row: LaunchEntity): Promise<boolean> {
    const job = await jobOf(tx, row);
    return job !== null && (job.restart === true || Object.keys(job.env).length > 0);
  }

  private async sendNext(tx: Transaction, row: LaunchEntity, env: Env, restart: boolean): Promise<void> {
    row.attempt += 1;
    Object.assign(row, { leaseWorker: null, leaseUntil: null });
    await this.send(tx, row, await ofLaunch(tx, row), env, restart);
  }
}

async function jobFor(tx: Transaction, row: LaunchEntity, { repository, build }: LaunchOf, env: Env, restart: boolean): Promise<z.input<typeof launchJob.schema>> {
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

async function ofLaunch(tx: Transaction, row: LaunchEntity): Promise<LaunchOf> {
  const repository = await tx.manager.findOneByOrFail(RepositoryEntity, { id: row.repositoryId });
  return { repository, build: await tx.manager.findOneByOrFail(BuildEntity, { id: row.buildId }) };
}

async function jobOf(tx: Transaction, row: LaunchEntity): Promise<LaunchJob | null> {
  const job = row.jobMessageId === null ? null : await tx.manager.findOneBy(OutboxEntity, { messageId: row.jobMessageId });
  return job === null ? null : launchJob.schema.parse(JSON.parse(job.payload));
}
