import { Injectable } from '@nestjs/common';
import type { HubEvent } from '@osiris/contracts';
import { MoreThan } from 'typeorm';
import { Database } from '../database/database';
import { readState } from '../outbox/hub-state';
import { eventOf } from '../outbox/outbox-relay';
import { OutboxEntity } from '../outbox/outbox.entity';

/** What happened, in order: the rows of the outbox, by which clients resume after a drop. */
@Injectable()
export class EventsService {
  constructor(private readonly database: Database) {}

  /** `reset`: events after that one are gone already, or it is not of this hub's past at all. */
  async after(sequence: number, limit: number): Promise<{ items: HubEvent[]; reset: boolean; latest: number }> {
    return this.database.read(async (manager) => {
      const pruned = Number((await readState(manager, 'events.prunedThrough')) ?? 0);
      const [newest] = await manager.find(OutboxEntity, { select: { id: true }, where: { kind: 'event' }, order: { id: 'DESC' }, take: 1 });
      const latest = newest?.id ?? pruned;
      if (sequence < pruned || sequence > latest) return { items: [], reset: true, latest };
      const rows = await manager.find(OutboxEntity, { where: { kind: 'event', id: MoreThan(sequence) }, order: { id: 'ASC' }, take: limit });
      return { items: rows.map(eventOf), reset: false, latest };
    });
  }
}
