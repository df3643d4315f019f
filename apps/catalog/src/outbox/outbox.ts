import { Injectable } from '@nestjs/common';
import { changeSubject, type EventType, HubEvent, type JobDefinition } from '@osiris/contracts';
import { currentTraceparent } from '@osiris/service-kit';
import { In, IsNull, Not } from 'typeorm';
import type { z } from 'zod';
import { AppChanges } from '../changes/app-changes';
import type { Transaction } from '../database/database';
import { newId } from '../identifiers';
import { OutboxEntity } from './outbox.entity';
import { OutboxRelay } from './outbox-relay';

/** Far below the number of parameters that a statement may have. */
const OWNERS_AT_ONCE = 500;

/** An event as it lies in the outbox: its sequence is the row's id. */
export type StoredEvent = Omit<HubEvent, 'sequence'>;

/** Decides, within a transaction, what is to be sent once it is committed. */
@Injectable()
export class Outbox {
  constructor(
    private readonly relay: OutboxRelay,
    private readonly changes: AppChanges,
  ) {}

  /**
   * @param owner id of what the job is about, by which its payload is found again
   * @returns the job's message id
   */
  async job<S extends z.ZodType>(tx: Transaction, definition: JobDefinition<S>, owner: string, payload: z.input<S>): Promise<string> {
    const messageId = newId('job');
    await this.add(tx, { kind: 'job', subject: definition.subject, messageId, owner, payload: JSON.stringify(definition.schema.parse(payload)) });
    return messageId;
  }

  /** Keeps a job's payload until it is its turn (`takeHeld`): nothing of it is sent. One per owner. */
  async hold<S extends z.ZodType>(tx: Transaction, definition: JobDefinition<S>, owner: string, payload: z.input<S>): Promise<void> {
    await this.add(tx, { kind: 'held', subject: definition.subject, messageId: newId('job'), owner, payload: JSON.stringify(definition.schema.parse(payload)) });
  }

  /** What was held for the owner; it is kept no longer. Null where nothing was, or was taken. */
  async takeHeld<S extends z.ZodType>(tx: Transaction, definition: JobDefinition<S>, owner: string): Promise<z.output<S> | null> {
    const row = await tx.manager.findOneBy(OutboxEntity, { kind: 'held', subject: definition.subject, owner });
    if (!row) return null;
    await tx.manager.delete(OutboxEntity, { id: row.id });
    return definition.schema.parse(JSON.parse(row.payload));
  }

  /** @param subject id of the app, or a service's slug */
  async event(tx: Transaction, type: EventType, subject: string, data: Record<string, unknown>): Promise<void> {
    const id = newId('evt');
    const event: StoredEvent = {
      specversion: '1.0',
      id,
      source: '/catalog',
      type,
      subject,
      time: new Date(tx.now).toISOString(),
      traceparent: currentTraceparent(),
      data,
    };
    await this.add(tx, { kind: 'event', subject: changeSubject(type), messageId: id, owner: subject, payload: JSON.stringify(event) });
    if (!type.startsWith('service.')) tx.afterCommit(() => this.changes.committed([subject]));
  }

  /**
   * Blanks the variables in the jobs of a launch. Those on their way are the runner's already; a copy is needed no more.
   * A launch whose job has not even been published by then is over: without them it says the same.
   */
  async forgetEnv(tx: Transaction, launchId: string): Promise<void> {
    const rows = await tx.manager.find(OutboxEntity, { where: { owner: launchId, kind: In(['job', 'held']) } });
    for (const row of rows) {
      const payload = JSON.parse(row.payload) as { env?: Record<string, string> };
      if (payload.env === undefined || Object.keys(payload.env).length === 0) continue;
      await tx.manager.update(OutboxEntity, { id: row.id }, { payload: JSON.stringify({ ...payload, env: {} }) });
    }
  }

  /** Takes back the jobs of these owners: who has not begun one will not get it. What a worker has begun goes on. */
  async drop(tx: Transaction, owners: readonly string[]): Promise<void> {
    for (let at = 0; at < owners.length; at += OWNERS_AT_ONCE) {
      const where = { kind: In(['job', 'held']), owner: In(owners.slice(at, at + OWNERS_AT_ONCE)) };
      const jobs = await tx.manager.find(OutboxEntity, { select: { id: true, messageId: true, streamSeq: true }, where });
      await tx.manager.delete(OutboxEntity, where);
      tx.afterCommit(() => this.relay.retract(jobs));
    }
  }

  /** Jobs that have served: nothing of them is needed here, nor taken back from whoever may still hold them. */
  async forget(tx: Transaction, owner: string): Promise<void> {
    await tx.manager.delete(OutboxEntity, { kind: 'job', owner, publishedAt: Not(IsNull()) });
  }

  private async add(tx: Transaction, row: Pick<OutboxEntity, 'kind' | 'subject' | 'messageId' | 'owner' | 'payload'>): Promise<void> {
    const traceparent = currentTraceparent() ?? null;
    await tx.manager.insert(OutboxEntity, { ...row, traceparent, createdAt: tx.now, publishedAt: null, streamSeq: null });
    tx.afterCommit(() => this.relay.poke());
  }
}
