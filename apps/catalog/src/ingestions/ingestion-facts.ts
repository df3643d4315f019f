import { Injectable } from '@nestjs/common';
import { ingestionCompleted, ingestionFailed, ingestionProgressed, ingestionStarted, ingestionUnchanged, repositoryChecked } from '@osiris/contracts';
import { type FactMeta, HandlesFact } from '@osiris/service-kit';
import type { z } from 'zod';
import type { Transaction } from '../database/database';
import { Inbox } from '../outbox/inbox';
import { refreshShown } from '../repositories/repositories.repository';
import { RepositoryEntity } from '../repositories/repository.entity';
import { replaceTags } from '../tags/tags.repository';
import { IngestionEntity } from './ingestion.entity';
import { IngestionsService } from './ingestions.service';

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
  async completed(fact: z.output<typeof ingestionCompleted.schema>, meta: FactMeta): Promise<void> {
    await this.apply(fact, meta, async (tx, repository, row) => {
      if (row.status === 'ready' || row.status === 'failed' || row.status === 'superseded') return;
      const { metadata, media, commitSha, ref, dockerfile } = fact;
      await replaceTags(
        tx.manager,
        repository.id,
        ['author', 'auto'],
        fact.tags.filter(({ source }) => source !== 'manual'),
      );
      Object.assign(repository, {
        commitSha,
        media,
        foundRef: ref,
        foundDockerfilePath: dockerfile.path,
        ingestedName: metadata.name?.trim().slice(0, 120) || null,
        ingestedDescription: metadata.description?.trim().slice(0, 2_000) || null,
        readmeSummary: metadata.readmeSummary?.trim().slice(0, 2_000) || null,
        port: metadata.port,
        lastIngestedAt: tx.now,
      });
      refreshShown(repository);
      const message = [`Read commit ${commitSha.slice(0, 12)}`, ...fact.warnings.map((warning) => warning.message)].join('. ');
      await this.ingestions.advance(tx, repository, row, 'completed', { message, phase: 'done', commitSha, error: null, durationMs: fact.durationMs });
    });
  }

  @HandlesFact(ingestionUnchanged)
  async unchanged(fact: z.output<typeof ingestionUnchanged.schema>, meta: FactMeta): Promise<void> {
    await this.apply(fact, meta, async (tx, repository, row) => {
      if (row.status === 'ready' || row.status === 'failed' || row.status === 'superseded') return;
      const { commitSha, durationMs } = fact;
      repository.lastIngestedAt = tx.now;
      const message = `Commit ${commitSha.slice(0, 12)} was read before: nothing has changed`;
      await this.ingestions.advance(tx, repository, row, 'completed', { message, phase: 'done', commitSha, error: null, durationMs });
    });
  }

  /** Nothing is asked yet, so nothing waits for the answer. */
  @HandlesFact(repositoryChecked)
  async checked(_fact: z.output<typeof repositoryChecked.schema>, _meta: FactMeta): Promise<void> {}

  @HandlesFact(ingestionFailed)
  async failed(fact: z.output<typeof ingestionFailed.schema>, meta: FactMeta): Promise<void> {
    await this.apply(fact, meta, async (tx, repository, row) => {
      const { error, commitSha, durationMs, willRetry } = fact;
      const phase = willRetry ? 'queued' : 'done';
      await this.ingestions.advance(tx, repository, row, willRetry ? 'stumbled' : 'failed', { message: error.message, phase, commitSha, error, durationMs });
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
