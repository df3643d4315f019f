import { Injectable } from '@nestjs/common';
import { type CreateBuildBody, DomainError } from '@osiris/contracts';
import { In, IsNull } from 'typeorm';
import type { z } from 'zod';
import type { Transaction } from '../database/database';
import { newId } from '../identifiers';
import { ImageEntity } from '../images/image.entity';
import { RepositoryEntity } from '../repositories/repository.entity';
import { BuildEntity } from './build.entity';
import { checkArgs } from './build-args';
import { BuildLifecycle } from './build-lifecycle';
import { BuildQueue } from './build-queue';
import { type BuildInputs, inputsKey } from './inputs-key';

export type BuildOptions = NonNullable<z.output<typeof CreateBuildBody>>;

/** Takes up builds: each as a row that waits for its turn, or that watches another one of the same. */
@Injectable()
export class BuildRequests {
  constructor(
    private readonly lifecycle: BuildLifecycle,
    private readonly queue: BuildQueue,
  ) {}

  /** @throws DomainError CONFLICT where no commit is known yet, VALIDATION_FAILED */
  async request(tx: Transaction, repository: RepositoryEntity, options: BuildOptions = {}): Promise<BuildEntity> {
    checkArgs(options.args, 'args');
    const inputs = inputsOf(repository, options);
    if (inputs === null) throw new DomainError('CONFLICT', 'No commit of this app is known yet: it has not been ingested.');
    const key = inputsKey(inputs);
    const row = tx.manager.create(BuildEntity, {
      id: newId('bld'),
      repositoryId: repository.id,
      ...inputs,
      noCache: options.noCache ? 1 : 0,
      inputsKey: key,
      watches: options.noCache ? null : await underWay(tx, key),
      reusedBuildId: null,
      dispatchedAt: null,
      failure: null,
      bases: null,
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
      logLinesArtifactId: null,
      queuedAt: tx.now,
      startedAt: null,
      completedAt: null,
      durationMs: null,
    });
    await tx.manager.insert(BuildEntity, row);
    await this.lifecycle.report(tx, row);
    this.queue.fill(tx);
    return row;
  }

  /**
   * Builds what the app is now, unless the newest build that is under way or can be launched is just that. An older one
   * of the same will not do, for launches take the newest; its image is found ready.
   */
  async ensureBuilt(tx: Transaction, repository: RepositoryEntity): Promise<void> {
    const inputs = inputsOf(repository, {});
    if (inputs === null) return;
    const where = { repositoryId: repository.id, status: In(['pending', 'running', 'succeeded']) };
    for (const row of await tx.manager.find(BuildEntity, { where, order: { id: 'DESC' }, take: 20 })) {
      if (row.status === 'succeeded' && !(await tx.manager.existsBy(ImageEntity, { buildId: row.id, removedAt: IsNull() }))) continue;
      if (row.inputsKey === inputsKey(inputs)) return;
      break;
    }
    await this.request(tx, repository);
  }
}

/** The build of the same inputs that is under way and watches no other: there is one at most, but for those without cache. */
async function underWay(tx: Transaction, key: string): Promise<string | null> {
  const where = { inputsKey: key, status: In(['pending', 'running']), watches: IsNull() };
  const [first] = await tx.manager.find(BuildEntity, { select: { id: true }, where, order: { id: 'ASC' }, take: 1 });
  return first?.id ?? null;
}

/** What would be built; null before the repository was read. */
function inputsOf(repository: RepositoryEntity, { target, args }: BuildOptions): BuildInputs | null {
  const { commitSha, foundDockerfilePath, askedDockerfilePath, buildTarget, buildArgs } = repository;
  const dockerfilePath = foundDockerfilePath ?? askedDockerfilePath;
  if (commitSha === null || dockerfilePath === null) return null;
  return { commitSha, dockerfilePath, target: target ?? buildTarget, args: args ?? buildArgs };
}
