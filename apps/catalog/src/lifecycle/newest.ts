import { type EntityManager, type EntityTarget, In } from 'typeorm';
import type { LeasedRow } from './leased-row';

/** The newest row of each repository, by id: ids grow with time. */
export async function newestOfEach<R extends LeasedRow>(manager: EntityManager, entity: EntityTarget<R>, repositoryIds: readonly string[]): Promise<Map<string, R>> {
  if (repositoryIds.length === 0) return new Map();
  const ids = await manager
    .createQueryBuilder(entity, 'row')
    .select('MAX(row.id)', 'id')
    .where('row.repositoryId IN (:...repositoryIds)', { repositoryIds })
    .groupBy('row.repositoryId')
    .getRawMany<{ id: string }>();
  const rows = await manager
    .createQueryBuilder(entity, 'row')
    .where({ id: In(ids.map(({ id }) => id)) })
    .getMany();
  return new Map(rows.map((row) => [row.repositoryId, row]));
}
