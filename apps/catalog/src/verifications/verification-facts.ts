import { Injectable } from '@nestjs/common';
import { verificationEnded, verificationStarted } from '@osiris/contracts';
import { type FactMeta, HandlesFact } from '@osiris/service-kit';
import type { z } from 'zod';
import { Inbox } from '../outbox/inbox';
import { VerificationEntity } from './verification.entity';
import type { VerificationEvent } from './verification.machine';
import { type VerificationChange, VerificationLifecycle } from './verification-lifecycle';

/** Applies what runners report. What comes of an earlier attempt, or of an app that is gone, counts for nothing. */
@Injectable()
export class VerificationFacts {
  constructor(
    private readonly inbox: Inbox,
    private readonly verifications: VerificationLifecycle,
  ) {}

  @HandlesFact(verificationStarted)
  async started(fact: z.output<typeof verificationStarted.schema>, meta: FactMeta): Promise<void> {
    await this.apply(fact, meta, 'started', {});
  }

  @HandlesFact(verificationEnded)
  async ended(fact: z.output<typeof verificationEnded.schema>, meta: FactMeta): Promise<void> {
    const { error, lastLines, seen } = fact;
    await this.apply(fact, meta, seen ? 'passed' : 'failed', { error, lastLines, seen });
  }

  private async apply({ verificationId: id, attempt }: { verificationId: string; attempt: number }, meta: FactMeta, event: VerificationEvent, change: VerificationChange): Promise<void> {
    await this.inbox.once(meta, async (tx) => {
      const row = await tx.manager.findOneBy(VerificationEntity, { id });
      if (row?.attempt === attempt) await this.verifications.advance(tx, row, event, change);
    });
  }
}
