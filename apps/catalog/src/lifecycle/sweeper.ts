import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { artifactRemovalJob, imageRemovalJob, type LeaseKind } from '@osiris/contracts';
import { counter, ENV, LOGGER, type Logger, Nats, runWithTrace } from '@osiris/service-kit';
import { type EntityTarget, In, MoreThan, Not, IsNull } from 'typeorm';
import { BuildEntity } from '../builds/build.entity';
import { BuildLifecycle } from '../builds/build-lifecycle';
import { BuildQueue } from '../builds/build-queue';
import { releaseForgotten } from '../builds/build-watchers';
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
import { VerificationEntity } from '../verifications/verification.entity';
import { VerificationLifecycle } from '../verifications/verification-lifecycle';
import { Interval } from './interval';
import { JobTraces } from './job-traces';
import type { LeasedRow } from './leased-row';

/** Live workers renew within 3 s of NATS coming back: until then a lapsed lease says nothing about them. */
const RENEWALS_SETTLE_MS = 4_000;
/** A job just published is not looked for: it may be acknowledged in this instant. */
const PUBLISHED_SETTLE_MS = 1_500;
/** Rows looked at together, and how many such batches of a kind one sweep does: the next one goes on from there. */
const BATCH = 200;
const BATCHES_A_SWEEP = 10;
/** Removals, which no row tracks, are sent again to an emptied NATS if they are younger than this. They are idempotent. */
const REMOVALS_REPLAYED_MS = 24 * 3_600_000;

/** NATS may have come back empty: what is lost is looked for once the outbox has sent what it has. */
const AFTER_RECONNECT_MS = 1_000;

type Swept = LeasedRow & { status: string };
interface Kind {
  readonly name: LeaseKind;
  /** Id of the row looked at last; empty: begin with the first. */
  cursor: string;
  entity: EntityTarget<Swept>;
  active: readonly string[];
  /** A row without a job waits for something else than a worker: none of it can be lost. */
  waitsWithoutJob?: true;
  requeue: (tx: Transaction, row: Swept) => Promise<unknown>;
}

interface Candidate {
  id: string;
  jobMessageId: string | null;
  job: OutboxEntity | null;
}

const requeued = counter('osiris_jobs_requeued_total', 'Jobs that were lost and enqueued again', ['kind'] as const);

/**
 * Finds work that nobody does and whose job is gone from NATS, and enqueues it anew under the next attempt. NATS may
 * lose what it acknowledged; the database does not, so the hub comes back whole from an empty NATS.
 */
@Injectable()
export class Sweeper implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly interval: Interval;
  private readonly kinds: readonly Kind[];
  /** Of `performance.now()`. */
  private connectedAt = performance.now();

  constructor(
    private readonly database: Database,
    private readonly nats: Nats,
    private readonly traces: JobTraces,
    private readonly relay: OutboxRelay,
    ingestions: IngestionsService,
    builds: BuildLifecycle,
    private readonly queue: BuildQueue,
    launches: LaunchLifecycle,
    verifications: VerificationLifecycle,
    @Inject(ENV) env: Env,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.interval = new Interval(env.SWEEP_INTERVAL_MS, () => this.sweep(), logger, 'Lost work could not be looked for');
    this.kinds = [
      {
        name: 'ingestion',
        cursor: '',
        entity: IngestionEntity,
        active: ['pending', 'processing'],
        requeue: async (tx, row) => {
          const repository = await tx.manager.findOneByOrFail(RepositoryEntity, { id: row.repositoryId });
          await ingestions.advance(tx, repository, row as IngestionEntity, 'requeued', { message: 'The job was lost, queued again', phase: 'queued' });
        },
      },
      {
        name: 'build',
        cursor: '',
        entity: BuildEntity,
        active: ['pending', 'running'],
        waitsWithoutJob: true,
        requeue: (tx, row) => builds.advance(tx, row as BuildEntity, 'requeued'),
      },
      {
        name: 'verification',
        cursor: '',
        entity: VerificationEntity,
        active: ['pending', 'running'],
        requeue: (tx, row) => verifications.advance(tx, row as VerificationEntity, 'requeued'),
      },
      {
        name: 'launch',
        cursor: '',
        entity: LaunchEntity,
        active: ['pending', 'starting', 'stopping'],
        waitsWithoutJob: true,
        requeue: (tx, row) => launches.advance(tx, row as LaunchEntity, 'requeued'),
      },
    ];
  }

  onApplicationBootstrap(): void {
    this.nats.onReconnect(() => {
      this.connectedAt = performance.now();
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
    await this.database.write(async (tx) => {
      await releaseForgotten(tx);
      this.queue.fill(tx);
    });
    for (const kind of this.kinds) {
      for (let batch = 0; batch < BATCHES_A_SWEEP; batch++) {
        if (!(await this.sweepBatch(kind))) break;
      }
    }
  }

  /** @returns true where there is more of the kind behind its cursor */
  private async sweepBatch(kind: Kind): Promise<boolean> {
    const { candidates, next } = await this.idle(kind);
    // A row whose job was never written down, or pruned, has none that could come.
    const exist = await Promise.all(candidates.map(({ job }) => job !== null && this.traces.exists(job)));
    const lost = candidates.filter((_row, at) => exist[at] === false);
    // In this order: jobs gone before all facts were applied left no fact behind that would say why. Then: once more from here.
    if (lost.length > 0 && !(await this.traces.allFactsApplied())) return false;
    for (const { id, jobMessageId } of lost) await runWithTrace(undefined, () => this.requeue(kind, id, jobMessageId));
    kind.cursor = next;
    return next !== '';
  }

  /** Rows behind the cursor that want work done, with nobody at it, whose job was published a while ago. */
  private async idle({ entity, active, cursor, waitsWithoutJob }: Kind): Promise<{ candidates: Candidate[]; next: string }> {
    return this.database.read(async (manager) => {
      const now = Date.now();
      const rows = await manager.getRepository(entity).find({ where: { status: In([...active]), id: MoreThan(cursor), ...(waitsWithoutJob ? { jobMessageId: Not(IsNull()) } : {}) }, order: { id: 'ASC' }, take: BATCH });
      const settled = performance.now() - this.connectedAt > RENEWALS_SETTLE_MS;
      const idle = rows.filter((row) => row.status === 'stopping' || row.leaseUntil === null || (settled && row.leaseUntil < now));
      const jobs = await manager.findBy(OutboxEntity, { messageId: In(idle.map(({ jobMessageId }) => jobMessageId ?? '')) });
      const byId = new Map(jobs.map((job) => [job.messageId, job]));
      const candidates = idle
        .map(({ id, jobMessageId }) => ({ id, jobMessageId, job: byId.get(jobMessageId ?? '') ?? null }))
        // One published in the future was so before the clock was set back.
        .filter(({ job }) => job === null || (job.publishedAt !== null && (job.publishedAt < now - PUBLISHED_SETTLE_MS || job.publishedAt > now)));
      return { candidates, next: rows.length < BATCH ? '' : (rows.at(-1)?.id ?? '') };
    });
  }

  private async requeue(of: Kind, id: string, jobMessageId: string | null): Promise<void> {
    await this.database.write(async (tx) => {
      const row = await tx.manager.getRepository(of.entity).findOneBy({ id });
      // Looked at again: meanwhile somebody may have begun, or it may have ended.
      if (!row || !of.active.includes(row.status) || row.jobMessageId !== jobMessageId) return;
      if (row.status !== 'stopping' && row.leaseUntil !== null && row.leaseUntil >= tx.now) return;
      await of.requeue(tx, row);
      requeued.inc({ kind: of.name });
      this.logger.warn({ kind: of.name, id, attempt: row.attempt }, 'A job was lost, enqueued it again');
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
