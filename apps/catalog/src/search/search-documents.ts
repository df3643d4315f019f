import type { SearchDocument } from '@osiris/search';
import type { EntityManager } from 'typeorm';
import type { Database } from '../database/database';
import { inList, isPostgres, select } from '../database/select';
import { POPULARITY_WINDOW_MS } from '../repositories/app-view';

/** Apps read at once: a write waits for no longer than that takes. */
const BATCH = 1_000;
/** Launches of all times count below those of the window, up to this many. */
const TOTAL_LIMIT = 1_000_000;

interface DocumentRow {
  id: string;
  slug: string;
  name: string;
  description: string;
  readme: string | null;
  status: string;
  launches: number;
  createdAt: number | string;
}
/** The tags of one app, in one row: a row costs the driver more than what is in it. */
interface TagRow {
  id: string;
  /** Row ids, by commas; one that several sources give stands there for each. */
  tagIds: string;
}
type TagsById = Map<number, { key: string; value: string }>;

const APPS = `SELECT r.id AS "id", r.slug AS "slug", r.name AS "name", r.description AS "description", r.readme_summary AS "readme",
  r.ingest_status AS "status", r.launch_count AS "launches", r.created_at AS "createdAt" FROM repositories r`;
const tagsWhere = (manager: EntityManager, condition: string): string => {
  const joined = isPostgres(manager) ? `string_agg(g.tag_id::text, ',')` : 'group_concat(g.tag_id)';
  return `SELECT g.repository_id AS "id", ${joined} AS "tagIds" FROM repository_tags g WHERE ${condition} GROUP BY g.repository_id ORDER BY g.repository_id`;
};

/** One number that orders by launches of the last seven days, then by all. */
export const popularityOf = (recent: number, total: number): number => recent * TOTAL_LIMIT + Math.min(total, TOTAL_LIMIT - 1);

/** All apps, in batches, each read in a turn of its own. */
export async function* allDocuments(database: Database): AsyncGenerator<SearchDocument[]> {
  const tagsById: TagsById = new Map();
  const recent = await database.read((manager) => recentLaunches(manager));
  for (let after = ''; ; ) {
    const batch = await database.read(async (manager) => {
      const rows = await select<DocumentRow>(manager, `${APPS} WHERE r.id > ? ORDER BY r.id LIMIT ${BATCH}`, [after]);
      const last = rows.at(-1);
      if (!last) return [];
      const given = await select<TagRow>(manager, tagsWhere(manager, 'g.repository_id > ? AND g.repository_id <= ?'), [after, last.id]);
      await learnTags(manager, tagsById, given);
      return documents(rows, given, tagsById, recent);
    });
    const last = batch.at(-1);
    if (!last) return;
    yield batch;
    if (batch.length < BATCH) return;
    after = last.id;
  }
}

export async function countApps(manager: EntityManager): Promise<number> {
  const [row] = await select<{ count: number | string }>(manager, 'SELECT COUNT(*) AS "count" FROM repositories');
  return Number(row?.count ?? 0);
}

/** Those of the ids that exist. */
export async function documentsOf(manager: EntityManager, ids: readonly string[]): Promise<SearchDocument[]> {
  const { marks, parameters } = inList(ids);
  const rows = await select<DocumentRow>(manager, `${APPS} WHERE r.id IN (${marks}) ORDER BY r.id`, parameters);
  if (rows.length === 0) return [];
  const given = await select<TagRow>(manager, tagsWhere(manager, `g.repository_id IN (${marks})`), parameters);
  const tagsById: TagsById = new Map();
  await learnTags(manager, tagsById, given);
  return documents(rows, given, tagsById, await recentLaunches(manager, ids));
}

async function recentLaunches(manager: EntityManager, ids: readonly string[] | null = null): Promise<Map<string, number>> {
  const among = ids === null ? null : inList(ids);
  const sql = `SELECT repository_id AS "id", COUNT(*) AS "count" FROM launches WHERE created_at > ?${among ? ` AND repository_id IN (${among.marks})` : ''} GROUP BY repository_id`;
  const rows = await select<{ id: string; count: number | string }>(manager, sql, [Date.now() - POPULARITY_WINDOW_MS, ...(among?.parameters ?? [])]);
  return new Map(rows.map(({ id, count }) => [id, Number(count)]));
}

/** There are few tags for very many that are given: each is read once. */
async function learnTags(manager: EntityManager, known: TagsById, given: readonly TagRow[]): Promise<void> {
  const missing = [...new Set(given.flatMap(idsOf))].filter((id) => !known.has(id));
  for (let at = 0; at < missing.length; at += BATCH) {
    const { marks, parameters } = inList(missing.slice(at, at + BATCH));
    const rows = await select<{ id: number | string; key: string; value: string }>(manager, `SELECT t.id, t.key, t.value FROM tags t WHERE t.id IN (${marks})`, parameters);
    for (const { id, key, value } of rows) known.set(Number(id), { key, value });
  }
}

const idsOf = ({ tagIds }: TagRow): number[] => tagIds.split(',').map(Number);

/** Both lists are in the order of app ids, byte by byte on either database. */
function documents(rows: readonly DocumentRow[], given: readonly TagRow[], tagsById: TagsById, recent: ReadonlyMap<string, number>): SearchDocument[] {
  let at = 0;
  return rows.map((row) => {
    // Before it: tags of an app that went between the two queries.
    while (at < given.length && given[at]!.id < row.id) at++;
    const own = given[at]?.id === row.id ? idsOf(given[at]!) : [];
    const tags = [...new Set(own)].flatMap((tagId) => tagsById.get(tagId) ?? []);
    const { id, slug, name, description, readme, status, launches, createdAt } = row;
    return {
      id,
      slug,
      name,
      description,
      // Where nobody described the app, the README's words are the description.
      readme: readme === null || readme === description ? '' : readme,
      tags,
      status,
      popularity: popularityOf(recent.get(id) ?? 0, launches),
      createdAt: Number(createdAt),
    };
  });
}
