import { Injectable } from '@nestjs/common';
import type { FoundApp, SearchAppsQuery, SearchAppsResult } from '@osiris/contracts';
import { type EntityManager, In, type ObjectLiteral, type SelectQueryBuilder } from 'typeorm';
import type { z } from 'zod';
import { Database } from '../database/database';
import { POPULARITY_WINDOW_MS, viewApps } from '../repositories/app-view';
import { escapeLike } from '../repositories/repositories.repository';
import { RepositoryEntity } from '../repositories/repository.entity';
import { RepositoryTagEntity, TagEntity } from '../tags/tag.entity';
import { highlightsOf } from './highlights';
import { decodeCursor, encodeCursor } from './search-cursor';
import { parseSearchQuery, type SearchQuery } from './search-query';

type Sort = z.output<typeof SearchAppsQuery>['sort'];

/** Of each facet, how many keys and how many values of a key. */
const FACET_KEYS = 12;
const FACET_VALUES = 12;

interface Order {
  /** Column expressions, greatest first; ties go by id. */
  columns: string[];
  direction: 'ASC' | 'DESC';
  parameters: ObjectLiteral;
}

/** Searches the tables: words are looked for anywhere in name, slug, description and tags. */
@Injectable()
export class SearchService {
  constructor(private readonly database: Database) {}

  /** @throws DomainError QUERY_INVALID, CURSOR_INVALID */
  async search({ q, sort, limit, cursor }: z.output<typeof SearchAppsQuery>): Promise<SearchAppsResult> {
    const begun = performance.now();
    const query = parseSearchQuery(q);
    const order = orderOf(sort, query);
    const after = cursor === undefined ? null : decodeCursor(q, sort, cursor, order.columns.length);
    return this.database.read(async (manager) => {
      const page = matching(manager, query).select('app.id', 'id').setParameters(order.parameters);
      order.columns.forEach((column, at) => page.addSelect(column, `rank${at}`));
      if (after) {
        const { text, parameters } = beyond(order, after.values, after.id);
        page.andWhere(text, parameters);
      }
      // By the expressions, not their aliases: PostgreSQL wants aliases quoted where TypeORM does not.
      order.columns.forEach((_, at) => page.addOrderBy(`rank${at}`, order.direction));
      const found = await page.addOrderBy('app.id', order.direction).limit(limit + 1).getRawMany<Record<string, string | number>>();
      const ids = found.slice(0, limit).map(({ id }) => String(id));
      const last = found[ids.length - 1];
      const values = order.columns.map((_, at) => (sort === 'name' ? String(last?.[`rank${at}`]) : Number(last?.[`rank${at}`])));
      return {
        items: await this.view(manager, ids, query),
        nextCursor: found.length > limit && last ? encodeCursor(q, sort, { values, id: String(last.id) }) : null,
        total: await matching(manager, query).getCount(),
        facets: await facetsOf(manager, query),
        tookMs: Math.round((performance.now() - begun) * 100) / 100,
      };
    });
  }

  private async view(manager: EntityManager, ids: readonly string[], query: SearchQuery): Promise<FoundApp[]> {
    const rows = new Map((await manager.findBy(RepositoryEntity, { id: In([...ids]) })).map((row) => [row.id, row]));
    const apps = await viewApps(manager, ids.map((id) => rows.get(id)).filter((row) => row !== undefined));
    const words = [...query.words, ...query.tags.map(({ key, value }) => `${key}:${value}`)];
    return apps.map((app) => ({ ...app, highlights: highlightsOf(app, words) }));
  }
}

const contains = (word: string): string => `%${escapeLike(word)}%`;
const TAGGED = `SELECT rt.repository_id FROM repository_tags rt JOIN tags t ON t.id = rt.tag_id WHERE t.key =`;

function matching(manager: EntityManager, query: SearchQuery): SelectQueryBuilder<RepositoryEntity> {
  const apps = manager.createQueryBuilder(RepositoryEntity, 'app');
  query.words.forEach((word, at) => apps.andWhere(`app.searchText LIKE :word${at} ESCAPE '\\'`, { [`word${at}`]: contains(word) }));
  query.without.forEach((word, at) => apps.andWhere(`app.searchText NOT LIKE :no${at} ESCAPE '\\'`, { [`no${at}`]: contains(word) }));
  query.tags.forEach(({ key, value }, at) =>
    apps.andWhere(`app.id IN (${TAGGED} :key${at} AND t.value_sort = :value${at})`, { [`key${at}`]: key, [`value${at}`]: value }),
  );
  query.withoutTags.forEach(({ key, value }, at) =>
    apps.andWhere(`app.id NOT IN (${TAGGED} :nokey${at} AND t.value_sort = :novalue${at})`, { [`nokey${at}`]: key, [`novalue${at}`]: value }),
  );
  if (query.owner !== null) apps.andWhere(`app.slug LIKE :owner ESCAPE '\\'`, { owner: `${escapeLike(query.owner)}/%` });
  if (query.status !== null) apps.andWhere('app.ingestStatus = :status', { status: query.status });
  return apps;
}

function orderOf(sort: Sort, query: SearchQuery): Order {
  switch (sort) {
    case 'name':
      return { columns: ['app.nameSort'], direction: 'ASC', parameters: {} };
    case 'recent':
      return { columns: ['app.createdAt'], direction: 'DESC', parameters: {} };
    case 'popular': {
      const recent = `(SELECT COUNT(*) FROM launches l WHERE l.repository_id = app.id AND l.created_at > :since)`;
      return { columns: [recent, 'app.launchCount'], direction: 'DESC', parameters: { since: Date.now() - POPULARITY_WINDOW_MS } };
    }
    case 'relevance': {
      const first = query.words[0];
      if (first === undefined) return { columns: ['app.launchCount'], direction: 'DESC', parameters: {} };
      // A name that begins with what was typed is what was meant; then a name with a word in it, then any place.
      const rank = `(CASE WHEN app.nameSort = :typed THEN 4 WHEN app.nameSort LIKE :prefix ESCAPE '\\' THEN 3
        WHEN app.nameSort LIKE :inner ESCAPE '\\' THEN 2 WHEN app.slug LIKE :inner ESCAPE '\\' THEN 1 ELSE 0 END)`;
      const typed = query.words.join(' ');
      return {
        columns: [rank, 'app.launchCount'],
        direction: 'DESC',
        parameters: { typed, prefix: `${escapeLike(first)}%`, inner: contains(first) },
      };
    }
  }
}

/** The rows after a position, in the order's own sense: (a, b, id) compared from the left. */
function beyond({ columns, direction }: Order, values: readonly (string | number)[], id: string): { text: string; parameters: ObjectLiteral } {
  const sign = direction === 'ASC' ? '>' : '<';
  const all = [...columns, 'app.id'];
  const parameters = Object.fromEntries([...values, id].map((value, at) => [`after${at}`, value]));
  const cases = all.map((column, at) => {
    const equal = all.slice(0, at).map((before, index) => `${before} = :after${index}`);
    return [...equal, `${column} ${sign} :after${at}`].join(' AND ');
  });
  return { text: `(${cases.map((text) => `(${text})`).join(' OR ')})`, parameters };
}

/** How many of the matching apps have which tags. */
async function facetsOf(manager: EntityManager, query: SearchQuery): Promise<SearchAppsResult['facets']> {
  const apps = matching(manager, query).select('app.id');
  const rows = await manager
    .createQueryBuilder(TagEntity, 'tag')
    .innerJoin(RepositoryTagEntity, 'given', 'given.tagId = tag.id')
    .select('tag.key', 'key')
    .addSelect('tag.value', 'value')
    .addSelect('COUNT(DISTINCT given.repositoryId)', 'count')
    .where(`given.repositoryId IN (${apps.getQuery()})`)
    .setParameters(apps.getParameters())
    .groupBy('tag.key')
    .addGroupBy('tag.value')
    .getRawMany<{ key: string; value: string; count: string | number }>();
  const byKey = new Map<string, { value: string; count: number }[]>();
  for (const { key, value, count } of rows) byKey.set(key, [...(byKey.get(key) ?? []), { value, count: Number(count) }]);
  const weight = (values: { count: number }[]): number => values.reduce((sum, { count }) => sum + count, 0);
  return [...byKey]
    .sort(([a, some], [b, others]) => weight(others) - weight(some) || (a < b ? -1 : 1))
    .slice(0, FACET_KEYS)
    .map(([key, values]) => ({ key, values: values.sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1)).slice(0, FACET_VALUES) }));
}
