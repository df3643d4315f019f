import { Injectable } from '@nestjs/common';
import { DomainError, type Launch, launchCreate, launchExtend, launchRestart, type ListLaunchesQuery } from '@osiris/contracts';
import { IsNull } from 'typeorm';
import type { z } from 'zod';
import { BuildEntity } from '../builds/build.entity';
import { select } from '../database/select';
import { Database, type Transaction } from '../database/database';
import { Idempotency } from '../idempotency/idempotency';
import { newId } from '../identifiers';
import { ImageEntity } from '../images/image.entity';
import { findApp } from '../repositories/repositories.repository';
import { RepositoryEntity } from '../repositories/repository.entity';
import { chosenBuild } from '../verifications/chosen-build';
import { LaunchEntity } from './launch.entity';
import { LaunchJobs } from './launch-jobs';
import { LaunchLifecycle } from './launch-lifecycle';
import { LaunchQueue } from './launch-queue';
import { viewLaunch, viewLaunches } from './launch-view';

/** What people ask of launches. */
@Injectable()
export class LaunchesService {
  constructor(
    private readonly database: Database,
    private readonly idempotency: Idempotency,
    private readonly lifecycle: LaunchLifecycle,
    private readonly jobs: LaunchJobs,
    private readonly queue: LaunchQueue,
  ) {}

  /** @throws DomainError NOT_FOUND, APP_NOT_BUILT, NO_CAPACITY */
  async create(input: z.output<typeof launchCreate.input>): Promise<Launch> {
    return this.idempotency.write(launchCreate, input, async (tx) => {
      const repository = await findApp(tx.manager, input.appId);
      const { build, image } = await builtBy(tx, repository, input.buildId);
      const waits = await this.queue.mustWait(tx, input.profile, input.wait);
      const row = tx.manager.create(LaunchEntity, {
        id: newId('lch'),
        repositoryId: repository.id,
        attempt: 1,
        jobMessageId: null,
        leaseWorker: null,
        leaseUntil: null,
        errorCode: null,
        errorMessage: null,
        buildId: build.id,
        imageReference: image.reference,
        status: 'pending',
        stopReason: null,
        profile: input.profile,
        runnerId: null,
        containerId: null,
        port: null,
        exitCode: null,
        createdAt: tx.now,
        startedAt: null,
        endedAt: null,
        expiresAt: tx.now + input.ttlSeconds * 1_000,
        queuedMs: null,
        startMs: null,
        readyMs: null,
        warm: null,
        idleAt: null,
        restarts: 0,
        queuedAt: tx.now,
      });
      const of = { repository, build };
      if (waits) await this.jobs.hold(tx, row, of, input.env ?? {});
      else await this.jobs.send(tx, row, of, input.env ?? {});
      await tx.manager.insert(LaunchEntity, row);
      await tx.manager.increment(RepositoryEntity, { id: repository.id }, 'launchCount', 1);
      await this.lifecycle.report(tx, row);
      return viewLaunch(tx.manager, row);
    });
  }

  async get(id: string): Promise<Launch> {
    return this.database.read(async (manager) => {
      const row = await manager.findOneBy(LaunchEntity, { id });
      if (!row) throw new DomainError('NOT_FOUND', 'There is no such launch.');
      return viewLaunch(manager, row);
    });
  }

  /** Newest first. */
  async list({ appId, status, limit, cursor }: z.output<typeof ListLaunchesQuery>): Promise<{ items: Launch[]; nextCursor: string | null }> {
    if (cursor !== undefined && !/^lch_[0-9a-z]{10,40}$/.test(cursor)) {
      throw new DomainError('CURSOR_INVALID', 'The cursor is not one this hub gave. Begin again without a cursor.');
    }
    return this.database.read(async (manager) => {
      const query = manager.createQueryBuilder(LaunchEntity, 'launch').orderBy('launch.id', 'DESC').take(limit + 1);
      if (appId !== undefined) query.andWhere('launch.repositoryId = :appId', { appId });
      if (status !== undefined) query.andWhere('launch.status = :status', { status });
      if (cursor !== undefined) query.andWhere('launch.id < :cursor', { cursor });
      const rows = await query.getMany();
      const items = rows.slice(0, limit);
      return { items: await viewLaunches(manager, items), nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
    });
  }

  /** Gives it `ttlSeconds` from now; never less than it has. @throws DomainError NOT_FOUND; CONFLICT where it has ended */
  async extend(input: z.output<typeof launchExtend.input>): Promise<Launch> {
    return this.idempotency.write(launchExtend, input, async (tx) =>
      this.change(tx, input.id, (row) => {
        const expiresAt = Math.max(row.expiresAt, tx.now + input.ttlSeconds * 1_000);
        return this.lifecycle.advance(tx, row, 'extendRequested', { expiresAt });
      }),
    );
  }

  /** Asked of one that is about to start, it changes nothing. @throws DomainError NOT_FOUND; CONFLICT where it has ended */
  async restart(input: z.output<typeof launchRestart.input>): Promise<Launch> {
    return this.idempotency.write(launchRestart, input, (tx) => this.change(tx, input.id, (row) => this.lifecycle.advance(tx, row, 'restartRequested')));
  }

  /** Asked of one that has ended, it changes nothing. @throws DomainError NOT_FOUND */
  async stop(id: string): Promise<Launch> {
    return this.database.write((tx) => this.change(tx, id, (row) => this.lifecycle.stop(tx, row)));
  }

  private async change(tx: Transaction, id: string, work: (row: LaunchEntity) => Promise<void>): Promise<Launch> {
    const row = await tx.manager.findOneBy(LaunchEntity, { id });
    if (!row) throw new DomainError('NOT_FOUND', 'There is no such launch.');
    await work(row);
    return viewLaunch(tx.manager, row);
  }
}

/** The build asked for, or the newest that was seen running (`chosenBuild`), with its image. */
async function builtBy(tx: Transaction, repository: RepositoryEntity, buildId: string | undefined): Promise<{ build: BuildEntity; image: ImageEntity }> {
  const [chosen] = buildId === undefined ? await select<{ id: string | null }>(tx.manager, `SELECT (${chosenBuild('?')}) AS "id"`, [repository.id]) : [{ id: buildId }];
  const where = { repositoryId: repository.id, ...(buildId === undefined ? {} : { buildId }) };
  const image = chosen?.id ? await tx.manager.findOneBy(ImageEntity, { repositoryId: repository.id, buildId: chosen.id, removedAt: IsNull() }) : null;
  const build = image ? await tx.manager.findOneBy(BuildEntity, { id: image.buildId }) : null;
  if (build && image) return { build, image };
  if (buildId !== undefined && !(await tx.manager.existsBy(BuildEntity, { id: buildId, repositoryId: repository.id }))) {
    throw new DomainError('NOT_FOUND', 'This app has no such build.');
  }
  if (await tx.manager.existsBy(ImageEntity, where)) {
    const whose = buildId === undefined ? 'The image of each of its builds' : 'The image of this build';
    throw new DomainError('APP_NOT_BUILT', `${whose} was removed to make room: build the app again.`);
  }
  throw new DomainError('APP_NOT_BUILT', buildId === undefined ? 'The app has no successful build yet.' : 'This build has not succeeded.');
}
