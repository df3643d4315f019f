import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { artifactRemovalJob, imageRemovalJob } from '@osiris/contracts';
import { counter, ENV, LOGGER, type Logger, Nats, runWithTrace } from '@osiris/service-kit';
import { type EntityTarget, In, MoreThan, Not, IsNull } from 'typeorm';
import { BuildEntity } from '../builds/build.entity';
import { BuildsService } from '../builds/builds.service';
import { Database, type Transaction } from '../database/database';
import type { Env } from '../env';
import { IngestionEntity } from '../ingestions/ingestion.entity';
import { IngestionsService } from '../ingestions/ingestions.service';
import { LaunchEntity } from '../launches/launch.entity';
import { LaunchLifecycle } from '../launches/launch-lifecycle';
import { readState, writeState } from '../outbox/hub-state';
import { OutboxEntity } from '../outbox/outbox.entity';
import { OutboxRelay } from '../outbox/outbox-relay';
import { RepositoryEntity } from '../repositories/repository.entity';
import { Interval } from './interval';
import { JobTraces } from './job-traces';
import type { LeasedRow } from './leased-row';

/** Live workers renew within 3 s of NATS coming back: until then a lapsed lease says nothing about them. */
const RENEWALS_SETTLE_MS = 4_000;
/** A job just published is not looked for: it may be acknowledged in this instant. */
const PUBLISHED_SETTLE_MS = 1_500;
/** Removals, which no row tracks, are sent again to an emptied NATS if they are younger than this. They are idempotent. */
const REMOVALS_REPLAYED_MS = 24 * 3_600_000;

/** NATS may have come back empty: what is lost is looked for once the outbox has sent what it has. */
const AFTER_RECONNECT_MS = 1_000;

type Swept = LeasedRow & { status: string };
interface Kind {
  entity: EntityTarget<Swept>;
  active: readonly string[];
  requeue: (tx: Transaction, row: Swept) => Promise<unknown>;
}

const requeued = counter('osiris_jobs_requeued_total', 'Jobs that were lost and enqueued again', ['kind'] as const);

/**
 * Finds work that nobody does and whose job is gone from NATS, and enqueues it anew under the next attempt. NATS may
 * lose what it acknowledged; the database does not, so the hub comes back whole from an empty NATS.
 */
@Injectable()
export class Sweeper implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly interval: Interval;
  private readonly kinds: Record<string, Kind>;
  private connectedAt = Date.now();

  constructor(
    private readonly database: Database,
    private readonly nats: Nats,
    private readonly traces: JobTraces,
    private readonly relay: OutboxRelay,
    ingestions: IngestionsService,
    builds: BuildsService,
    launches: LaunchLifecycle,
    @Inject(ENV) env: Env,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.interval = new Interval(env.SWEEP_INTERVAL_MS, () => this.sweep(), logger, 'Lost work could not be looked for');
    this.kinds = {
      ingestion: {
        entity: IngestionEntity,
        active: ['pending', 'processing'],
        requeue: async (tx, row) => {
          const repository = await tx.manager.findOneByOrFail(RepositoryEntity, { id: row.repositoryId });
          await ingestions.advance(tx, repository, row as IngestionEntity, 'requeued', { message: 'The job was lost, queued again', phase: 'queued' });
        },
      },
      build: { entity: BuildEntity, active: ['pending', 'running'], requeue: (tx, row) => builds.advance(tx, row as BuildEntity, 'requeued') },
      launch: {
        entity: LaunchEntity,
        active: ['pending', 'starting', 'stopping'],
        requeue: (tx, row) => launches.advance(tx, row as LaunchEntity, 'requeued'),
      },
    };
  }

  onApplicationBootstrap(): void {
    this.nats.onReconnect(() => {
      this.connectedAt = Date.now();
      this.interval.hurry(AFTER_RECONNECT_MS);
    });
    this.interval.start();
  }

  onApplicationShutdown(): Promise<void> {
    return this.interval.stop();
  }

  async sweep(): Promise<void> {
    if (this.nats.connection.isClosed()) return;
    await this.replayRemovals();
    const lost: { kind: string; id: string; jobMessageId: string | null }[] = [];
    for (const [kind, { entity, active }] of Object.entries(this.kinds)) {
      for (const { id, jobMessageId, job } of await this.idle(entity, active)) {
        // A row whose job was never written down, or pruned, has none that could come.
        if (job === null || !(await this.traces.exists(job))) lost.push({ kind, id, jobMessageId });
      }
    }
    // In this order: jobs gone before all facts were applied left no fact behind that would say why.
    if (lost.length === 0 || !(await this.traces.allFactsApplied())) return;
    for (const { kind, id, jobMessageId } of lost) await runWithTrace(undefined, () => this.requeue(kind, id, jobMessageId));
  }

  /** Rows that want work done, with nobody at it, whose job was published a while ago. */
  private async idle(entity: EntityTarget<Swept>, active: readonly string[]): Promise<{ id: string; jobMessageId: string | null; job: OutboxEntity | null }[]> {
    return this.database.read(async (manager) => {
      const now = Date.now();
      const rows = await manager.getRepository(entity).findBy({ status: In([...active]) });
      const settled = now - this.connectedAt > RENEWALS_SETTLE_MS;
      const idle = rows.filter((row) => row.status === 'stopping' || row.leaseUntil === null || (settled && row.leaseUntil < now));
      const jobs = await manager.findBy(OutboxEntity, { messageId: In(idle.map(({ jobMessageId }) => jobMessageId ?? '')) });
      const byId = new Map(jobs.map((job) => [job.messageId, job]));
      return idle
        .map(({ id, jobMessageId }) => ({ id, jobMessageId, job: byId.get(jobMessageId ?? '') ?? null }))
        .filter(({ job }) => job === null || (job.publishedAt !== null && job.publishedAt < now - PUBLISHED_SETTLE_MS));
    });
  }

  private async requeue(kind: string, id: string, jobMessageId: string | null): Promise<void> {
    const of = this.kinds[kind];
    if (!of) return;
    await this.database.write(async (tx) => {
      const row = await tx.manager.getRepository(of.entity).findOneBy({ id });
      // Looked at again: meanwhile somebody may have begun, or it may have ended.
      if (!row || !of.active.includes(row.status) || row.jobMessageId !== jobMessageId) return;
      if (row.status !== 'stopping' && row.leaseUntil !== null && row.leaseUntil >= tx.now) return;
      await of.requeue(tx, row);
      requeued.inc({ kind });
      this.logger.warn({ kind, id, attempt: row.attempt }, 'A job was lost, enqueued it again');
    });
  }

  private async replayRemovals(): Promise<void> {
    const created = await this.traces.streamCreatedAt();
    const known = await this.database.read((manager) => readState(manager, 'jobs.createdAt'));
    if (known === created) return;
    await this.database.write(async (tx) => {
      if (known !== null) {
        const removals = { subject: In([imageRemovalJob.subject, artifactRemovalJob.subject]), publishedAt: Not(IsNull()) };
        await tx.manager.update(OutboxEntity, { ...removals, createdAt: MoreThan(tx.now - REMOVALS_REPLAYED_MS) }, { publishedAt: null, streamSeq: null });
        tx.afterCommit(() => this.relay.poke());
        this.logger.warn('NATS came back empty: its jobs are brought back from the database');
      }
      await writeState(tx.manager, 'jobs.createdAt', created);
    });
  }
}
