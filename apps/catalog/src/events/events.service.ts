import { Injectable } from '@nestjs/common';
import type { HubEvent } from '@osiris/contracts';
import { MoreThan } from 'typeorm';
import { Database } from '../database/database';
import { readState } from '../outbox/hub-state';
import { eventOf } from '../outbox/outbox-relay';
import { OutboxEntity } from '../outbox/outbox.entity';

/** A NATS message takes 1 MiB: a page ends before that, and what is left comes with the next one. */
const PAGE_BYTES = 600_000;

/** What happened, in order: the rows of the outbox, by which clients resume after a drop. */
@Injectable()
export class EventsService {
  constructor(private readonly database: Database) {}

  /** At most `limit`, fewer where they are large: there is more as long as the last one's sequence is below `latest`.
   * `reset`: events after that one are gone already, or it is not of this hub's past at all. */
  async after(sequence: number, limit: number): Promise<{ items: HubEvent[]; reset: boolean; latest: number }> {
    return this.database.read(async (manager) => {
      const pruned = Number((await readState(manager, 'events.prunedThrough')) ?? 0);
      const [newest] = await manager.find(OutboxEntity, { select: { id: true }, where: { kind: 'event' }, order: { id: 'DESC' }, take: 1 });
      const latest = newest?.id ?? pruned;
      if (sequence < pruned || sequence > latest) return { items: [], reset: true, latest };
      const rows = await manager.find(OutboxEntity, { where: { kind: 'event', id: MoreThan(sequence) }, order: { id: 'ASC' }, take: limit });
      let bytes = 0;
      const fitting = rows.filter((row, at) => (bytes += Buffer.byteLength(row.payload)) <= PAGE_BYTES || at === 0);
      return { items: fitting.map(eventOf), reset: false, latest };
    });
  }
}
