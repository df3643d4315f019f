import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { LOGGER, type Logger } from '@osiris/service-kit';
import { type EntityManager, In, IsNull, LessThan, LessThanOrEqual, Not } from 'typeorm';
import { Database } from '../database/database';
import { HealthSnapshotEntity } from '../health/health-snapshot.entity';
import { IdempotencyKeyEntity } from '../idempotency/idempotency-key.entity';
import { Interval } from '../lifecycle/interval';
import { WebhookDeliveryEntity } from '../webhooks/webhook-delivery.entity';
import { readState, writeState } from './hub-state';
import { InboxEntity, OutboxEntity } from './outbox.entity';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const LOOK_EVERY_MS = HOUR_MS;
/** Rows deleted in one transaction: others wait for no longer than that takes. */
const CHUNK = 1_000;

/** How much of the past is kept, so that the tables stay small. */
const KEEP = { events: 100_000, outboxMs: 7 * DAY_MS, inboxMs: 8 * DAY_MS, idempotencyMs: DAY_MS, healthMs: 31 * DAY_MS };

/** Removes what nobody asks for any more. Events leave oldest first; how far is remembered, for who resumes from before. */
@Injectable()
export class Pruning implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly interval: Interval;

  constructor(
    private readonly database: Database,
    @Inject(LOGGER) logger: Logger,
  ) {
    this.interval = new Interval(LOOK_EVERY_MS, () => this.prune(), logger, 'Old rows could not be removed');
  }

  onApplicationBootstrap(): void {
    this.interval.start();
  }

  onApplicationShutdown(): Promise<void> {
    return this.interval.stop();
  }

  /** @param keep overrides how much is kept, for tests */
  async prune(keep = KEEP): Promise<void> {
    const now = Date.now();
    await this.inChunks((manager) => pruneEvents(manager, keep.events, now - keep.outboxMs));
    await this.inChunks((manager) => pruneJobs(manager, now - keep.outboxMs));
    await this.inChunks(async (manager) => {
      const rows = await manager.find(InboxEntity, { where: { appliedAt: LessThan(now - keep.inboxMs) }, take: CHUNK });
      if (rows.length > 0) await manager.delete(InboxEntity, { messageId: In(rows.map(({ messageId }) => messageId)) });
      return rows.length;
    });
    await this.inChunks(async (manager) => {
      const rows = await manager.find(HealthSnapshotEntity, { select: { id: true }, where: { at: LessThan(now - keep.healthMs) }, take: CHUNK });
      if (rows.length > 0) await manager.delete(HealthSnapshotEntity, { id: In(rows.map(({ id }) => id)) });
      return rows.length;
    });
    await this.database.write(({ manager }) => manager.delete(WebhookDeliveryEntity, { expiresAt: LessThan(now) }));
    await this.database.write(({ manager }) => manager.delete(IdempotencyKeyEntity, { createdAt: LessThan(now - keep.idempotencyMs) }));
  }

  private async inChunks(work: (manager: EntityManager) => Promise<number>): Promise<void> {
    while ((await this.database.write(({ manager }) => work(manager))) === CHUNK);
  }
}

async function pruneEvents(manager: EntityManager, keep: number, before: number): Promise<number> {
  const [firstKept] = await manager.find(OutboxEntity, { select: { id: true }, where: { kind: 'event' }, order: { id: 'DESC' }, skip: keep - 1, take: 1 });
  const event = { kind: 'event' as const, publishedAt: Not(IsNull()) };
  const where = [{ ...event, createdAt: LessThan(before) }, ...(firstKept ? [{ ...event, id: LessThan(firstKept.id) }] : [])];
  const rows = await manager.find(OutboxEntity, { select: { id: true }, where, order: { id: 'ASC' }, take: CHUNK });
  const last = rows.at(-1);
  if (!last) return 0;
  await manager.delete(OutboxEntity, { kind: 'event', publishedAt: Not(IsNull()), id: LessThanOrEqual(last.id) });
  const through = Number((await readState(manager, 'events.prunedThrough')) ?? 0);
  await writeState(manager, 'events.prunedThrough', String(Math.max(through, last.id)));
  return rows.length;
}

/** A row that still wants its job and has lost it here gets a new one from the sweeper. */
async function pruneJobs(manager: EntityManager, before: number): Promise<number> {
  const old = { kind: 'job' as const, publishedAt: Not(IsNull()), createdAt: LessThan(before) };
  const rows = await manager.find(OutboxEntity, { select: { id: true }, where: old, take: CHUNK });
  if (rows.length > 0) await manager.delete(OutboxEntity, { id: In(rows.map(({ id }) => id)) });
  return rows.length;
}
