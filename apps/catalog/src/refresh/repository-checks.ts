import { Injectable } from '@nestjs/common';
import { repositoryChecked } from '@osiris/contracts';
import { type FactMeta, HandlesFact } from '@osiris/service-kit';
import type { z } from 'zod';
import type { Transaction } from '../database/database';
import { IngestionsService } from '../ingestions/ingestions.service';
import { readState } from '../outbox/hub-state';
import { Inbox } from '../outbox/inbox';
import { Outbox } from '../outbox/outbox';
import { RepositoryEntity } from '../repositories/repository.entity';
import { type CheckAnswer, decideRefresh } from './refresh-decision';
import { RefreshSchedule } from './refresh-schedule';

type Checked = z.output<typeof repositoryChecked.schema>;

/** Applies what a look at a repository brought: the app is read anew, or left alone for longer. */
@Injectable()
export class RepositoryChecks {
  constructor(
    private readonly inbox: Inbox,
    private readonly outbox: Outbox,
    private readonly ingestions: IngestionsService,
    private readonly schedule: RefreshSchedule,
  ) {}

  @HandlesFact(repositoryChecked)
  async checked(fact: Checked, meta: FactMeta): Promise<void> {
    await this.inbox.once(meta, async (tx) => {
      const repository = await tx.manager.findOneBy(RepositoryEntity, { id: fact.appId });
      // An answer to an earlier question, or about an app that is gone, counts for nothing.
      if (repository?.checkId === fact.checkId) await this.apply(tx, repository, fact);
    });
  }

  private async apply(tx: Transaction, repository: RepositoryEntity, fact: Checked): Promise<void> {
    const answer = answerOf(fact);
    if (answer === null) return;
    const decision = decideRefresh(repository, answer, await readState(tx.manager, 'readers.newest'));
    const { quietChecks, attemptedCommitSha } = decision;
    const looked = { checkId: null, checkedAt: tx.now, quietChecks, attemptedCommitSha, nextCheckAt: this.schedule.next(tx.now, quietChecks) };
    Object.assign(repository, looked);
    await tx.manager.update(RepositoryEntity, { id: repository.id }, looked);
    // It has served, and would lie in the outbox for days, one for each look at each repository.
    await this.outbox.forget(tx, fact.checkId);
    if (decision.read !== null) await this.ingestions.begin(tx, repository, decision.read, { unlessUnchanged: true });
  }
}

function answerOf({ commitSha, error }: Checked): CheckAnswer | null {
  if (error !== null) return { commitSha: null, error };
  return commitSha === null ? null : { commitSha, error: null };
}
