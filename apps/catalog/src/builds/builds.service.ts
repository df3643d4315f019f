import { Injectable } from '@nestjs/common';
import { type Build, buildCancel, buildCreate, buildJob, DomainError, type ErrorData, type Image, imageRemovalJob } from '@osiris/contracts';
import { In } from 'typeorm';
import { Database, type Transaction } from '../database/database';
import { Idempotency } from '../idempotency/idempotency';
import { newId } from '../identifiers';
import { ImageEntity } from '../images/image.entity';
import { Outbox } from '../outbox/outbox';
import { findApp } from '../repositories/repositories.repository';
import { RepositoryEntity } from '../repositories/repository.entity';
import { BuildEntity } from './build.entity';
import { type BuildEffect, type BuildEvent, buildMachine } from './build.machine';
import { buildView, viewBuilds } from './build-view';

export interface BuildChange {
  error?: ErrorData | null;
  log?: { artifactId: string | null; lines: number; bytes: number };
  image?: Image;
  ports?: number[];
  durationMs?: number;
}

/** Takes builds through their lifecycle: `build.machine.ts` says what may happen, here is how. */
@Injectable()
export class BuildsService {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly idempotency: Idempotency,
  ) {}

  async get(id: string): Promise<Build> {
    return this.database.read(async (manager) => {
      const [view] = await viewBuilds(manager, await manager.findBy(BuildEntity, { id }));
      if (!view) throw new DomainError('NOT_FOUND', 'There is no such build.');
      return view;
    });
  }

  /** Builds the commit that was ingested last, again. */
  async create(input: { appId: string; idempotencyKey?: string | undefined }): Promise<Build> {
    return this.idempotency.write(buildCreate, input, async (tx) => this.request(tx, await findApp(tx.manager, input.appId)));
  }

  /** Asked twice, it is canceled once. @throws DomainError NOT_FOUND; CONFLICT where it has ended */
  async cancel(input: { id: string; idempotencyKey?: string | undefined }): Promise<Build> {
    return this.idempotency.write(buildCancel, input, async (tx) => {
      const row = await tx.manager.findOneBy(BuildEntity, { id: input.id });
      if (!row) throw new DomainError('NOT_FOUND', 'There is no such build.');
      await this.advance(tx, row, 'cancelRequested', { error: { code: 'BUILD_CANCELED', message: 'The build was canceled.' } });
      return buildView(row, null);
    });
  }

  /** Builds the app's commit, unless that was built from the same Dockerfile already or is being built. */
  async ensureBuilt(tx: Transaction, repository: RepositoryEntity): Promise<void> {
    const { id: repositoryId, commitSha } = repository;
    const dockerfilePath = dockerfileOf(repository);
    if (commitSha === null || dockerfilePath === null) return;
    const same = { repositoryId, commitSha, dockerfilePath, status: In(['pending', 'running', 'succeeded']) };
    if (!(await tx.manager.existsBy(BuildEntity, same))) await this.request(tx, repository);
  }

  /** One step of the lifecycle. @throws DomainError CONFLICT where the table refuses it. */
  async advance(tx: Transaction, row: BuildEntity, event: BuildEvent, change: BuildChange = {}): Promise<void> {
    const step = buildMachine[row.status][event];
    if (step === 'ignored') return;
    if (step === 'refused') throw new DomainError('CONFLICT', `The build has ${row.status} already.`);
    const wasFinal = row.completedAt !== null;
    row.status = step.to;
    if (event === 'started') row.startedAt = tx.now;
    const final = step.to !== 'pending' && step.to !== 'running';
    if (final && !wasFinal) {
      row.completedAt = tx.now;
      row.durationMs = change.durationMs ?? (row.startedAt === null ? null : tx.now - row.startedAt);
      row.errorCode = change.error?.code ?? null;
      row.errorMessage = change.error?.message ?? null;
      Object.assign(row, { leaseWorker: null, leaseUntil: null });
    }
    if (change.ports) row.ports = change.ports;
    for (const effect of step.emits) await this.prepare(tx, effect, row, change);
    await tx.manager.update(BuildEntity, { id: row.id }, row);
    if (step.emits.includes('report')) await this.report(tx, row);
  }

  /** What an effect changes in the row or beside it, before both are told of. */
  private async prepare(tx: Transaction, effect: BuildEffect, row: BuildEntity, change: BuildChange): Promise<void> {
    const { id: buildId, repositoryId } = row;
    switch (effect) {
      case 'image':
        if (change.image) await tx.manager.insert(ImageEntity, { buildId, repositoryId, ...change.image, createdAt: tx.now });
        return;
      case 'discardImage':
        if (change.image) await this.outbox.job(tx, imageRemovalJob, repositoryId, { appId: repositoryId, references: [change.image.reference] });
        return;
      case 'log':
        if (change.log) Object.assign(row, { logArtifactId: change.log.artifactId, logLines: change.log.lines, logBytes: change.log.bytes });
        return;
      case 'enqueue':
        row.attempt += 1;
        Object.assign(row, { leaseWorker: null, leaseUntil: null });
        row.jobMessageId = await this.enqueue(tx, await tx.manager.findOneByOrFail(RepositoryEntity, { id: repositoryId }), row);
        return;
      case 'report':
        return; // once the row is saved
    }
  }

  private async request(tx: Transaction, repository: RepositoryEntity): Promise<Build> {
    const { id: repositoryId, commitSha } = repository;
    const dockerfilePath = dockerfileOf(repository);
    if (commitSha === null || dockerfilePath === null) {
      throw new DomainError('CONFLICT', 'No commit of this app is known yet: it has not been ingested.');
    }
    const row = tx.manager.create(BuildEntity, {
      id: newId('bld'),
      repositoryId,
      commitSha,
      dockerfilePath,
      status: 'pending',
      attempt: 1,
      jobMessageId: null,
      leaseWorker: null,
      leaseUntil: null,
      errorCode: null,
      errorMessage: null,
      ports: [],
      logBytes: 0,
      logLines: 0,
      logArtifactId: null,
      queuedAt: tx.now,
      startedAt: null,
      completedAt: null,
      durationMs: null,
    });
    row.jobMessageId = await this.enqueue(tx, repository, row);
    await tx.manager.insert(BuildEntity, row);
    await this.report(tx, row);
    return buildView(row, null);
  }

  private enqueue(tx: Transaction, repository: RepositoryEntity, row: BuildEntity): Promise<string> {
    return this.outbox.job(tx, buildJob, row.id, {
      attempt: row.attempt,
      buildId: row.id,
      appId: repository.id,
      slug: repository.slug,
      repoUrl: repository.fetchUrl,
      ref: repository.askedRef ?? repository.foundRef,
      commitSha: row.commitSha,
      dockerfilePath: row.dockerfilePath,
    });
  }

  private async report(tx: Transaction, row: BuildEntity): Promise<void> {
    const [build] = await viewBuilds(tx.manager, [row]);
    await this.outbox.event(tx, 'build.updated', row.repositoryId, { build });
  }
}

function dockerfileOf(repository: RepositoryEntity): string | null {
  return repository.foundDockerfilePath ?? repository.askedDockerfilePath;
}
