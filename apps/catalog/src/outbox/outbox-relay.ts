import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { Change } from '@osiris/contracts';
import { durations, gauge, LOGGER, type Logger, Nats } from '@osiris/service-kit';
import { type EntityManager, In, IsNull, LessThan } from 'typeorm';
import { Database } from '../database/database';
import type { StoredEvent } from './outbox';
import { OutboxEntity } from './outbox.entity';

const BATCH = 200;
const RETRY_MS = 1_000;

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
      const rows = await manager.find(OutboxEntity, { where: { publishedAt: IsNull() }, order: { id: 'ASC' }, take: BATCH });
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
    await this.database.write(async ({ manager }) => {
      const events = rows.filter((row, at) => row.kind === 'event' && results[at]?.status === 'fulfilled').map(({ id }) => id);
      if (events.length > 0) await manager.update(OutboxEntity, { id: In(events) }, { publishedAt });
      for (const [at, row] of rows.entries()) {
        const result = results[at];
        if (row.kind !== 'job' || result?.status !== 'fulfilled') continue;
        await manager.update(OutboxEntity, { id: row.id }, { publishedAt, streamSeq: result.value.seq });
      }
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
