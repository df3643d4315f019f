import { Injectable } from '@nestjs/common';
import { type Build, buildCancel, buildCreate, DomainError } from '@osiris/contracts';
import type { EntityManager } from 'typeorm';
import type { z } from 'zod';
import { Database } from '../database/database';
import { Idempotency } from '../idempotency/idempotency';
import { findApp } from '../repositories/repositories.repository';
import { BuildEntity } from './build.entity';
import { BuildLifecycle } from './build-lifecycle';
import { placeInQueue } from './build-queue';
import { BuildRequests } from './build-requests';
import { viewBuilds } from './build-view';

/** What people ask of builds. */
@Injectable()
export class BuildsService {
  constructor(
    private readonly database: Database,
    private readonly idempotency: Idempotency,
    private readonly requests: BuildRequests,
    private readonly lifecycle: BuildLifecycle,
  ) {}

  /** @throws DomainError NOT_FOUND */
  async get(id: string): Promise<Build> {
    return this.database.read(async (manager) => viewWithPlace(manager, await manager.findOneBy(BuildEntity, { id })));
  }

  /** Builds the commit that was ingested last, again. @throws DomainError NOT_FOUND, CONFLICT, VALIDATION_FAILED */
  async create(input: z.output<typeof buildCreate.input>): Promise<Build> {
    return this.idempotency.write(buildCreate, input, async (tx) => {
      const repository = await findApp(tx.manager, input.appId);
      return viewWithPlace(tx.manager, await this.requests.request(tx, repository, input.options));
    });
  }

  /** Asked twice, it is canceled once. @throws DomainError NOT_FOUND; CONFLICT where it has ended */
  async cancel(input: z.output<typeof buildCancel.input>): Promise<Build> {
    return this.idempotency.write(buildCancel, input, async (tx) => {
      const row = await tx.manager.findOneBy(BuildEntity, { id: input.id });
      if (row) await this.lifecycle.advance(tx, row, 'cancelRequested', { error: { code: 'BUILD_CANCELED', message: 'The build was canceled.' } });
      return viewWithPlace(tx.manager, row);
    });
  }
}

async function viewWithPlace(manager: EntityManager, row: BuildEntity | null): Promise<Build> {
  const [view] = row ? await viewBuilds(manager, [row]) : [];
  if (!row || !view) throw new DomainError('NOT_FOUND', 'There is no such build.');
  return { ...view, queue: await placeInQueue(manager, row) };
}
