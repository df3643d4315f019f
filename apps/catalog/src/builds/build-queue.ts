import { Injectable } from '@nestjs/common';
import { buildJob } from '@osiris/contracts';
import type { EntityManager } from 'typeorm';
import type { Transaction } from '../database/database';
import { select } from '../database/select';
import { Outbox } from '../outbox/outbox';
import { RepositoryEntity } from '../repositories/repository.entity';
import { tagsOf } from '../tags/tags.repository';
import { BuildEntity } from './build.entity';
import { nextApp, turnsBefore, type WaitingApp } from './build-order';
import { findReadyImage } from './ready-image';

/** These two as the indices have them, word for word: SQLite knows them by nothing else. */
const WAITING = `status = 'pending' AND job_message_id IS NULL AND watches IS NULL`;
/** Its job is out, and no builder has taken it up yet. */
const OFFERED = `status = 'pending' AND job_message_id IS NOT NULL AND lease_worker IS NULL`;

const WAITING_APPS = `SELECT w.repository_id AS "appId", COUNT(*) AS "waiting", MIN(w.id) AS "firstId",
  (SELECT COUNT(*) FROM builds r WHERE r.repository_id = w.repository_id AND r.status = 'running')
  + (SELECT COUNT(*) FROM builds o WHERE o.repository_id = w.repository_id AND o.status = 'pending' AND o.job_message_id IS NOT NULL) AS "running",
  (SELECT MAX(d.dispatched_at) FROM builds d WHERE d.repository_id = w.repository_id) AS "lastDispatchedAt"
  FROM builds w WHERE ${WAITING} GROUP BY w.repository_id`;

/**
 * Builds wait as rows, and one at a time is offered to the builders: its job lies in the work queue until one of them
 * leases it, and then the next is chosen. So whose turn it is is decided as late as can be, however many builders there
 * are, and a build that is added later can still go before a hundred of another app's.
 */
@Injectable()
export class BuildQueue {
  constructor(private readonly outbox: Outbox) {}

  /** Has the next build sent out within this transaction, if there is room for one after all of its changes. */
  fill(tx: Transaction): void {
    tx.beforeCommit('builds.fill', () => this.offerNext(tx));
  }

  private async offerNext(tx: Transaction): Promise<void> {
    if ((await countOf(tx.manager, OFFERED)) > 0) return;
    const next = nextApp(await waitingApps(tx.manager));
    if (next) await this.offer(tx, await tx.manager.findOneByOrFail(BuildEntity, { id: next.firstId }));
  }

  private async offer(tx: Transaction, row: BuildEntity): Promise<void> {
    const { manager } = tx;
    const repository = await manager.findOneByOrFail(RepositoryEntity, { id: row.repositoryId });
    const jobMessageId = await this.outbox.job(tx, buildJob, row.id, {
      attempt: row.attempt,
      buildId: row.id,
      appId: repository.id,
      slug: repository.slug,
      repoUrl: repository.fetchUrl,
      ref: repository.askedRef ?? repository.foundRef,
      commitSha: row.commitSha,
      dockerfilePath: row.dockerfilePath,
      target: row.target,
      args: row.args,
      noCache: row.noCache === 1,
      title: repository.name,
      licence: await licenceOf(manager, repository.id),
      reuse: row.noCache === 1 ? null : await findReadyImage(manager, row),
    });
    await manager.update(BuildEntity, { id: row.id }, { jobMessageId, dispatchedAt: tx.now });
  }
}

/** Where a build that waits stands among all that wait: 1 is next. Null where it waits for no builder. */
export async function placeInQueue(manager: EntityManager, row: BuildEntity): Promise<{ position: number; of: number } | null> {
  if (row.status !== 'pending' || row.watches !== null || row.leaseWorker !== null) return null;
  const offered = await countOf(manager, OFFERED);
  const apps = await waitingApps(manager);
  const of = offered + apps.reduce((sum, { waiting }) => sum + waiting, 0);
  const own = apps.find(({ appId }) => appId === row.repositoryId);
  if (row.jobMessageId !== null || !own) return { position: 1, of: Math.max(of, 1) };
  const earlier = await countOf(manager, `${WAITING} AND repository_id = ? AND id < ?`, [row.repositoryId, row.id]);
  return { position: offered + turnsBefore(apps, own, earlier) + 1, of };
}

async function waitingApps(manager: EntityManager): Promise<WaitingApp[]> {
  const rows = await select<Record<keyof WaitingApp, string | number | null>>(manager, WAITING_APPS);
  return rows.map(({ appId, waiting, firstId, running, lastDispatchedAt }) => ({
    appId: String(appId),
    waiting: Number(waiting),
    firstId: String(firstId),
    running: Number(running),
    lastDispatchedAt: lastDispatchedAt === null ? null : Number(lastDispatchedAt),
  }));
}

async function countOf(manager: EntityManager, where: string, parameters: readonly unknown[] = []): Promise<number> {
  const [row] = await select<{ count: number | string }>(manager, `SELECT COUNT(*) AS "count" FROM builds WHERE ${where}`, parameters);
  return Number(row?.count);
}

/** As an SPDX expression, where it is one licence: of several nobody has said whether they are "and" or "or". */
async function licenceOf(manager: EntityManager, appId: string): Promise<string | null> {
  const licences = ((await tagsOf(manager, [appId])).get(appId) ?? []).filter(({ key }) => key === 'license');
  const [licence] = licences;
  return licence && licences.length === 1 ? licence.value : null;
}
