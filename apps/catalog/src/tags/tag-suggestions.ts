import { Injectable } from '@nestjs/common';
import type { TagSuggestion } from '@osiris/contracts';
import type { EntityManager, SelectQueryBuilder } from 'typeorm';
import { Database } from '../database/database';
import { escapeLike } from '../repositories/repositories.repository';
import { RepositoryTagEntity, TagEntity } from './tag.entity';

interface Counted {
  key: string;
  value?: string;
  count: string | number;
}

/** What may complete a tag being typed: keys first, then values that begin so; values alone once `key:` is typed. */
@Injectable()
export class TagSuggestions {
  constructor(private readonly database: Database) {}

  async suggest(text: string, limit: number): Promise<TagSuggestion[]> {
    const q = text.replaceAll('\0', '').trim().toLowerCase().replace(/^-/, '');
    const colon = q.indexOf(':');
    return this.database.read(async (manager) => {
      if (colon !== -1) return values(manager, limit, { key: q.slice(0, colon), prefix: q.slice(colon + 1).replace(/^"/, '') });
      const found = await keys(manager, limit, q);
      if (q === '' || found.length >= limit) return found;
      return [...found, ...(await values(manager, limit - found.length, { prefix: q }))];
    });
  }
}

function counted(manager: EntityManager, limit: number): SelectQueryBuilder<TagEntity> {
  return manager
    .createQueryBuilder(TagEntity, 'tag')
    .innerJoin(RepositoryTagEntity, 'given', 'given.tagId = tag.id')
    .select('tag.key', 'key')
    .addSelect('COUNT(DISTINCT given.repositoryId)', 'count')
    .orderBy('count', 'DESC')
    .addOrderBy('tag.key', 'ASC')
    .groupBy('tag.key')
    .limit(limit);
}

async function keys(manager: EntityManager, limit: number, prefix: string): Promise<TagSuggestion[]> {
  const query = counted(manager, limit).where(`tag.key LIKE :prefix ESCAPE '\\'`, { prefix: `${escapeLike(prefix)}%` });
  const rows = await query.getRawMany<Counted>();
  return rows.map(({ key, count }) => ({ key, label: `${key}:`, count: Number(count) }));
}

async function values(manager: EntityManager, limit: number, { key, prefix }: { key?: string; prefix: string }): Promise<TagSuggestion[]> {
  const query = counted(manager, limit)
    .addSelect('tag.value', 'value')
    .addGroupBy('tag.value')
    .addOrderBy('tag.value', 'ASC')
    .where(`tag.valueSort LIKE :prefix ESCAPE '\\'`, { prefix: `${escapeLike(prefix)}%` });
  if (key !== undefined) query.andWhere('tag.key = :key', { key });
  const rows = await query.getRawMany<Counted>();
  return rows.map(({ key: of, value = '', count }) => ({ key: of, value, label: `${of}:${value}`, count: Number(count) }));
}
