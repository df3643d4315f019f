import { setTimeout as delayed } from 'node:timers/promises';
import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { Change } from '@osiris/contracts';
import { durations, gauge, LOGGER, type Logger, Nats } from '@osiris/service-kit';
import { type EntityManager, In, IsNull, LessThan } from 'typeorm';
import { Database } from '../database/database';
import { JobTraces, type PublishedJob } from '../lifecycle/job-traces';
import type { StoredEvent } from './outbox';
import { OutboxEntity } from './outbox.entity';

const BATCH = 200;
const RETRY_MS = 1_000;
const RETRACT_TRIES = 60;

const delay = durations('osiris_outbox_delay_seconds', 'From the commit of a job or event to its acknowledgement by JetStream', ['kind'] as const);
const waiting = gauge('osiris_outbox_waiting', 'Jobs and events that JetStream has not acknowledged yet');

/**
 * Carries the outbox to JetStream, in order, at once after each commit. A row published twice (the process died before
 * it was marked) is stored once: its message id is the same.
 */
@Injectable()
export class OutboxRelay implements OnApplicationBootstrap, OnApplicationShutdown {
  private running: Promise<void> | undefined;
  private poked = false;
  private stopped = false;
  private retry: NodeJS.Timeout | undefined;

  constructor(
    private readonly database: Database,
    private readonly nats: Nats,
    private readonly traces: JobTraces,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.nats.onReconnect(() => this.poke());
    this.poke();
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.retry);
    await this.running;
  }

  /** There may be something to send. Returns at once. */
  poke(): void {
    this.poked = true;
    if (this.stopped) return;
    this.running ??= this.drain().finally(() => {
      this.running = undefined;
      if (this.poked) this.poke();
    });
  }

  /** Takes jobs out of NATS again, where they keep secrets of what is gone. Returns at once; tries on while NATS is away. */
  retract(jobs: readonly PublishedJob[]): void {
    const sent = jobs.filter(({ streamSeq }) => streamSeq !== null);
    if (sent.length > 0) void this.eraseAll(sent);
  }

  private async eraseAll(jobs: readonly PublishedJob[]): Promise<void> {
    let left = jobs;
    for (let tries = 1; left.length > 0 && tries <= RETRACT_TRIES && !this.stopped; tries++) {
      const failed: PublishedJob[] = [];
      for (const job of left) await this.traces.erase(job).catch(() => failed.push(job));
      left = failed;
      if (left.length > 0) await delayed(RETRY_MS, undefined, { ref: false });
    }
    if (left.length > 0) this.logger.warn({ jobs: left.length }, 'Jobs that nobody wants any more could not be taken out of NATS');
  }

  private async drain(): Promise<void> {
    while (this.poked && !this.stopped) {
      this.poked = false;
      try {
        while ((await this.publishBatch()) === BATCH);
      } catch (error) {
        this.logger.warn({ err: error }, 'The outbox could not be sent, trying again');
        clearTimeout(this.retry);
        this.retry = setTimeout(() => this.poke(), RETRY_MS);
        return;
      }
    }
  }

  /** @returns how many rows it took up. @throws where one of them was not acknowledged: it stays for the next time. */
  private async publishBatch(): Promise<number> {
    const { rows, previous } = await this.database.read(async (manager) => {
      const rows = await manager.find(OutboxEntity, { where: { publishedAt: IsNull(), kind: In(['job', 'event']) }, order: { id: 'ASC' }, take: BATCH });
      return { rows, previous: await eventBefore(manager, rows) };
    });
    waiting.set(rows.length);
    if (rows.length === 0) return 0;

    let previousSequence = previous;
    const sent = rows.map((row) => {
      const payload = row.kind === 'job' ? (JSON.parse(row.payload) as unknown) : changeOf(row, previousSequence);
      if (row.kind === 'event') previousSequence = row.id;
      // All of a batch are on the wire before the first answer; on one connection they stay in order.
      return this.nats.publish(row.subject, payload, { msgId: row.messageId, traceparent: row.traceparent ?? undefined });
    });
    const results = await Promise.allSettled(sent);
    const publishedAt = Date.now();
    await this.database.write(async (tx) => {
      const { manager } = tx;
      const events = rows.filter((row, at) => row.kind === 'event' && results[at]?.status === 'fulfilled').map(({ id }) => id);
      if (events.length > 0) await manager.update(OutboxEntity, { id: In(events) }, { publishedAt });
      const kept = new Set((await manager.find(OutboxEntity, { select: { id: true }, where: { id: In(rows.map(({ id }) => id)) } })).map(({ id }) => id));
      const dropped: PublishedJob[] = [];
      for (const [at, { id, kind, messageId }] of rows.entries()) {
        const result = results[at];
        if (kind !== 'job' || result?.status !== 'fulfilled') continue;
        const streamSeq = result.value.seq;
        if (kept.has(id)) await manager.update(OutboxEntity, { id }, { publishedAt, streamSeq });
        else dropped.push({ messageId, streamSeq });
      }
      // Dropped while they were on their way.
      tx.afterCommit(() => this.retract(dropped));
    });
    for (const row of rows) delay.observe({ kind: row.kind }, (publishedAt - row.createdAt) / 1_000);
    const failed = results.find((result) => result.status === 'rejected');
    if (failed) throw failed.reason;
    waiting.set(0);
    return rows.length;
  }
}

/** An event as clients see it. */
export function eventOf(row: OutboxEntity): StoredEvent & { sequence: number } {
  return { ...(JSON.parse(row.payload) as StoredEvent), sequence: row.id };
}

function changeOf(row: OutboxEntity, previousSequence: number | null): Change {
  return { event: eventOf(row), previousSequence };
}

async function eventBefore(manager: EntityManager, rows: readonly OutboxEntity[]): Promise<number | null> {
  const first = rows.find(({ kind }) => kind === 'event');
  if (!first) return null;
  const [before] = await manager.find(OutboxEntity, { select: { id: true }, where: { kind: 'event', id: LessThan(first.id) }, order: { id: 'DESC' }, take: 1 });
  return before?.id ?? null;
}
