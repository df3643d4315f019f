import type { Tag } from '@osiris/contracts';
import { type EntityManager, In } from 'typeorm';
import { inList, select } from '../database/select';
import { RepositoryTagEntity, TagEntity } from './tag.entity';

type TagSource = Tag['source'];

/** Who is believed where several sources give the same tag. */
const PRECEDENCE: readonly TagSource[] = ['author', 'manual', 'auto'];

/** `key:value`; the value may hold further colons. */
export function parseTag(text: string): { key: string; value: string } {
  const colon = text.indexOf(':');
  return { key: text.slice(0, colon), value: text.slice(colon + 1) };
}

async function tagIds(manager: EntityManager, tags: readonly { key: string; value: string }[]): Promise<number[]> {
  const ids: number[] = [];
  for (const { key, value } of tags) {
    const known = await manager.findOneBy(TagEntity, { key, value });
    if (known) {
      ids.push(known.id);
      continue;
    }
    await manager.insert(TagEntity, { key, value });
    ids.push((await manager.findOneByOrFail(TagEntity, { key, value })).id);
  }
  return ids;
}

/** Replaces what these sources said about an app; what other sources said stays. */
export async function replaceTags(manager: EntityManager, repositoryId: string, sources: readonly TagSource[], tags: readonly Tag[]): Promise<void> {
  await manager.delete(RepositoryTagEntity, { repositoryId, source: In([...sources]) });
  const unique = [...new Map(tags.map((tag) => [`${tag.source} ${tag.key}:${tag.value}`, tag])).values()];
  const ids = await tagIds(manager, unique);
  const rows = unique.map((tag, at) => ({ repositoryId, tagId: ids[at] ?? 0, source: tag.source, from: tag.from, confidence: tag.confidence ?? null }));
  if (rows.length > 0) await manager.insert(RepositoryTagEntity, rows);
}

/** The tags of each app, by key and value; one that several sources give is shown once, with the weightiest source. */
export async function tagsOf(manager: EntityManager, repositoryIds: readonly string[]): Promise<Map<string, Tag[]>> {
  const found = new Map<string, Tag[]>(repositoryIds.map((id) => [id, []]));
  if (repositoryIds.length === 0) return found;
  const { marks, parameters } = inList(repositoryIds);
  const sql = `SELECT g.repository_id AS "of", t.key AS "key", t.value AS "value", g.source AS "source", g.said_by AS "from", g.confidence AS "confidence"
    FROM repository_tags g JOIN tags t ON t.id = g.tag_id WHERE g.repository_id IN (${marks})`;
  type Given = Omit<Tag, 'confidence'> & { of: string; confidence: number | null };
  for (const { of, confidence, ...tag } of await select<Given>(manager, sql, parameters)) {
    found.get(of)?.push(confidence === null ? tag : { ...tag, confidence });
  }
  for (const [id, tags] of found) found.set(id, eachOnce(tags));
  return found;
}

/** By text; of the same tag the one whose source is believed first. */
function eachOnce(tags: Tag[]): Tag[] {
  const text = ({ key, value }: Tag): string => `${key}:${value}`;
  const rank = ({ source }: Tag): number => PRECEDENCE.indexOf(source);
  tags.sort((a, b) => (text(a) < text(b) ? -1 : text(a) > text(b) ? 1 : rank(a) - rank(b)));
  return tags.filter((tag, at) => at === 0 || text(tag) !== text(tags[at - 1]!));
}
