import { Injectable } from '@nestjs/common';
import type { FactMeta } from '@osiris/service-kit';
import { Database, type Transaction } from '../database/database';
import { InboxEntity } from './outbox.entity';

/** Applies each fact once, however often it is delivered. */
@Injectable()
export class Inbox {
  constructor(private readonly database: Database) {}

  async once(meta: FactMeta, apply: (tx: Transaction) => Promise<void>): Promise<void> {
    await this.database.write(async (tx) => {
      if (await tx.manager.existsBy(InboxEntity, { messageId: meta.messageId })) return;
      await tx.manager.insert(InboxEntity, { messageId: meta.messageId, appliedAt: tx.now });
      await apply(tx);
    });
  }
}
