import { Inject, Injectable } from '@nestjs/common';
import { type ErrorData, verifyJob } from '@osiris/contracts';
import { ENV } from '@osiris/service-kit';
import type { Transaction } from '../database/database';
import { BuildEntity } from '../builds/build.entity';
import { viewBuilds } from '../builds/build-view';
import type { Env } from '../env';
import { newId } from '../identifiers';
import { Outbox } from '../outbox/outbox';
import { viewApp } from '../repositories/app-view';
import { RepositoryEntity } from '../repositories/repository.entity';
import { VerificationEntity } from './verification.entity';
import { type VerificationEvent, verificationMachine } from './verification.machine';

export interface VerificationChange {
  error?: ErrorData | null;
  lastLines?: string[];
  seen?: { bootMs: number; memoryBytes: number | null; port: number; readOnlyRoot: boolean | null; screenshotArtifactId: string | null } | null;
}

/** Takes verification runs through their lifecycle: `verification.machine.ts` says what may happen, here is how. */
@Injectable()
export class VerificationLifecycle {
  constructor(
    private readonly outbox: Outbox,
    @Inject(ENV) private readonly env: Env,
  ) {}

  /**
   * Has the image of a build that has just succeeded looked at. One that was found ready shares what was seen of it before,
   * where that was a build of the same app: another's picture would go with that app.
   */
  async begin(tx: Transaction, build: BuildEntity, imageReference: string): Promise<void> {
    if (await tx.manager.existsBy(VerificationEntity, { buildId: build.id })) return;
    const row = tx.manager.create(VerificationEntity, {
      id: newId('vrf'),
      repositoryId: build.repositoryId,
      attempt: 1,
      jobMessageId: null,
      leaseWorker: null,
      leaseUntil: null,
      errorCode: null,
      errorMessage: null,
      buildId: build.id,
      imageReference,
      status: this.env.VERIFY_BUILDS ? 'pending' : 'skipped',
      bootMs: null,
      memoryBytes: null,
      port: null,
      readOnlyRoot: null,
      screenshotArtifactId: null,
      lastLines: [],
      createdAt: tx.now,
      endedAt: null,
    });
    const seen = build.reusedBuildId === null ? null : await tx.manager.findOneBy(VerificationEntity, { buildId: build.reusedBuildId, repositoryId: build.repositoryId });
    if (seen?.status === 'passed') {
      const { status, bootMs, memoryBytes, port, readOnlyRoot, screenshotArtifactId, endedAt } = seen;
      Object.assign(row, { status, bootMs, memoryBytes, port, readOnlyRoot, screenshotArtifactId, endedAt });
    }
    if (row.status === 'pending') row.jobMessageId = await this.enqueue(tx, row, build);
    await tx.manager.insert(VerificationEntity, row);
  }

  /** One step. */
  async advance(tx: Transaction, row: VerificationEntity, event: VerificationEvent, { error = null, lastLines = [], seen = null }: VerificationChange = {}): Promise<void> {
    const step = verificationMachine[row.status][event];
    if (step === 'ignored' || step === 'refused') return;
    row.status = step.to;
    const ended = step.to === 'passed' || step.to === 'failed';
    if (ended) Object.assign(row, { endedAt: tx.now, leaseWorker: null, leaseUntil: null, errorCode: null, errorMessage: null, lastLines: [] });
    if (step.to === 'failed') Object.assign(row, { errorCode: error?.code ?? 'APP_EXITED', errorMessage: error?.message ?? 'The app did not come up.', lastLines });
    if (step.to === 'passed' && seen) {
      const { readOnlyRoot, ...measured } = seen;
      Object.assign(row, measured, readOnlyRoot === null ? {} : { readOnlyRoot: readOnlyRoot ? 1 : 0 });
    }
    if (step.emits.includes('enqueue')) {
      row.attempt += 1;
      Object.assign(row, { leaseWorker: null, leaseUntil: null });
      row.jobMessageId = await this.enqueue(tx, row, await tx.manager.findOneByOrFail(BuildEntity, { id: row.buildId }));
    }
    await tx.manager.update(VerificationEntity, { id: row.id }, row);
    if (step.emits.includes('report')) await this.report(tx, row, ended);
  }

  /** A launch of the build runs. */
  async seenRunning(tx: Transaction, buildId: string, { port, bootMs }: { port: number; bootMs: number }): Promise<void> {
    const row = await tx.manager.findOneBy(VerificationEntity, { buildId });
    const { memoryBytes = null, screenshotArtifactId = null } = row ?? {};
    if (row) await this.advance(tx, row, 'seenRunning', { seen: { port, bootMs, memoryBytes, screenshotArtifactId, readOnlyRoot: null } });
  }

  private async enqueue(tx: Transaction, row: VerificationEntity, build: BuildEntity): Promise<string> {
    const repository = await tx.manager.findOneByOrFail(RepositoryEntity, { id: row.repositoryId });
    // What ingestion read of the app counts for the commit it was read from.
    const said = build.commitSha === repository.commitSha ? repository : null;
    return this.outbox.job(tx, verifyJob, row.id, {
      attempt: row.attempt,
      verificationId: row.id,
      appId: repository.id,
      buildId: build.id,
      slug: repository.slug,
      imageReference: row.imageReference,
      port: said?.port ?? build.ports[0] ?? null,
      healthPath: said?.healthPath ?? null,
    });
  }

  private async report(tx: Transaction, { buildId, repositoryId }: VerificationEntity, ended: boolean): Promise<void> {
    const [build] = await viewBuilds(tx.manager, [await tx.manager.findOneByOrFail(BuildEntity, { id: buildId })]);
    await this.outbox.event(tx, 'build.updated', repositoryId, { build });
    // Whether the catalogue offers it, and its picture, may be others now.
    if (ended) await this.outbox.event(tx, 'app.updated', repositoryId, { app: await viewApp(tx.manager, repositoryId) });
  }
}
