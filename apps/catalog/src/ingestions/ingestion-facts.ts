import { Injectable } from '@nestjs/common';
import { ingestionCompleted, ingestionFailed, ingestionProgressed, ingestionStarted, ingestionUnchanged } from '@osiris/contracts';
import { type FactMeta, HandlesFact } from '@osiris/service-kit';
import type { z } from 'zod';
import { removeUnshownPictures } from '../artifacts/unshown-pictures';
import type { Transaction } from '../database/database';
import { Inbox } from '../outbox/inbox';
import { Outbox } from '../outbox/outbox';
import { refreshShown } from '../repositories/repositories.repository';
import { RepositoryEntity } from '../repositories/repository.entity';
import { replaceTags } from '../tags/tags.repository';
import { IngestionEntity } from './ingestion.entity';
import { IngestionsService } from './ingestions.service';
import { rememberReaders, takeReading } from './take-reading';

type Completed = z.output<typeof ingestionCompleted.schema>;
const isOver = ({ status }: IngestionEntity): boolean => status === 'ready' || status === 'failed' || status === 'superseded';

interface OfIngestion {
  ingestionId: string;
  attempt: number;
}

/** Applies what ingestion workers report. What comes of an earlier attempt, or of an app that is gone, counts for nothing. */
@Injectable()
export class IngestionFacts {
  constructor(
    private readonly inbox: Inbox,
    private readonly ingestions: IngestionsService,
    private readonly outbox: Outbox,
  ) {}

  @HandlesFact(ingestionStarted)
  async started(fact: z.output<typeof ingestionStarted.schema>, meta: FactMeta): Promise<void> {
    await this.apply(fact, meta, async (tx, repository, row) => {
      await this.ingestions.advance(tx, repository, row, 'started', { message: fact.message, phase: 'fetching' });
    });
  }

  @HandlesFact(ingestionProgressed)
  async progressed(fact: z.output<typeof ingestionProgressed.schema>, meta: FactMeta): Promise<void> {
    await this.apply(fact, meta, async (tx, repository, row) => {
      const { message, phase, commitSha, durationMs } = fact;
      await this.ingestions.advance(tx, repository, row, 'progressed', { message, phase, commitSha, durationMs });
    });
  }

  @HandlesFact(ingestionCompleted)
  async completed(fact: Completed, meta: FactMeta): Promise<void> {
    await this.apply(fact, meta, async (tx, repository, row) => {
      if (isOver(row)) return;
      const { commitSha, tags, warnings, readBy } = fact;
      // What was derived before goes with it: the tag of a dependency that is no longer there, too. A curator's stays.
      await replaceTags(tx.manager, repository.id, ['author', 'auto'], tags.filter(({ source }) => source !== 'manual'));
      takeReading(repository, fact);
      if (repository.attemptedCommitSha !== commitSha) repository.quietChecks = 0;
      Object.assign(repository, { attemptedCommitSha: commitSha, lastIngestedAt: tx.now });
      refreshShown(repository);
      if (readBy !== undefined) await rememberReaders(tx.manager, readBy);
      const noted = warnings.length === 0 ? '' : `, with ${warnings.length} ${warnings.length === 1 ? 'warning' : 'warnings'}`;
      const message = `Read commit ${commitSha.slice(0, 12)}${noted}`;
      await this.ingestions.advance(tx, repository, row, 'completed', { message, phase: 'done', commitSha, error: null, durationMs: fact.durationMs });
      await removeUnshownPictures(tx, this.outbox, repository);
    });
  }

  @HandlesFact(ingestionUnchanged)
  async unchanged(fact: z.output<typeof ingestionUnchanged.schema>, meta: FactMeta): Promise<void> {
    await this.apply(fact, meta, async (tx, repository, row) => {
      if (isOver(row)) return;
      const { commitSha, ref, durationMs } = fact;
      // The default branch may have been renamed, with the same commit on it.
      Object.assign(repository, { foundRef: ref, attemptedCommitSha: commitSha, lastIngestedAt: tx.now, checkedAt: tx.now });
      const message = `Unchanged at ${commitSha.slice(0, 12)}`;
      await this.ingestions.advance(tx, repository, row, 'unchanged', { message, phase: 'done', commitSha, error: null, durationMs });
    });
  }

  @HandlesFact(ingestionFailed)
  async failed(fact: z.output<typeof ingestionFailed.schema>, meta: FactMeta): Promise<void> {
    await this.apply(fact, meta, async (tx, repository, row) => {
      const { error, commitSha, durationMs, willRetry } = fact;
      // The entry stays as it was last read well; the failure is shown on it.
      if (!willRetry && !isOver(row)) repository.attemptedCommitSha = commitSha ?? repository.attemptedCommitSha;
      const phase = willRetry ? 'queued' : 'done';
      await this.ingestions.advance(tx, repository, row, willRetry ? 'stumbled' : 'failed', { message: error.message, phase, commitSha, error, durationMs });
      if (!willRetry) await removeUnshownPictures(tx, this.outbox, repository);
    });
  }

  private async apply(
    fact: OfIngestion,
    meta: FactMeta,
    change: (tx: Transaction, repository: RepositoryEntity, row: IngestionEntity) => Promise<void>,
  ): Promise<void> {
    await this.inbox.once(meta, async (tx) => {
      const row = await tx.manager.findOneBy(IngestionEntity, { id: fact.ingestionId });
      if (!row || row.attempt !== fact.attempt) return;
      await change(tx, await tx.manager.findOneByOrFail(RepositoryEntity, { id: row.repositoryId }), row);
    });
  }
}
