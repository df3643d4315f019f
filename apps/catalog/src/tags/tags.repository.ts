import type { Tag } from '@osiris/contracts';
import { type EntityManager, In } from 'typeorm';
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
    await manager.insert(TagEntity, { key, value, valueSort: value.toLowerCase() });
    ids.push((await manager.findOneByOrFail(TagEntity, { key, value })).id);
  }
  return ids;
}

/** Replaces what these sources said about an app; what other sources said stays. */
export async function replaceTags(manager: EntityManager, repositoryId: string, sources: readonly TagSource[], tags: readonly Tag[]): Promise<void> {
  await manager.delete(RepositoryTagEntity, { repositoryId, source: In([...sources]) });
  const unique = [...new Map(tags.map((tag) => [`${tag.source} ${tag.key}:${tag.value}`, tag])).values()];
  const ids = await tagIds(manager, unique);
  const rows = unique.map((tag, at) => ({ repositoryId, tagId: ids[at] ?? 0, source: tag.source, from: tag.from }));
  if (rows.length > 0) await manager.insert(RepositoryTagEntity, rows);
}

/** The tags of each app, by key and value; one that several sources give is shown once, with the weightiest source. */
export async function tagsOf(manager: EntityManager, repositoryIds: readonly string[]): Promise<Map<string, Tag[]>> {
  const found = new Map<string, Tag[]>(repositoryIds.map((id) => [id, []]));
  if (repositoryIds.length === 0) return found;
  const given = await manager.findBy(RepositoryTagEntity, { repositoryId: In([...repositoryIds]) });
  const tags = await manager.findBy(TagEntity, { id: In([...new Set(given.map(({ tagId }) => tagId))]) });
  const byId = new Map(tags.map((tag) => [Number(tag.id), tag]));
  given.sort((a, b) => PRECEDENCE.indexOf(a.source) - PRECEDENCE.indexOf(b.source));
  const seen = new Set<string>();
  for (const { repositoryId, tagId, source, from } of given) {
    const tag = byId.get(Number(tagId));
    if (!tag || seen.has(`${repositoryId} ${tagId}`)) continue;
    seen.add(`${repositoryId} ${tagId}`);
    found.get(repositoryId)?.push({ key: tag.key, value: tag.value, source, from });
  }
  const text = ({ key, value }: Tag): string => `${key}:${value}`;
  for (const list of found.values()) list.sort((a, b) => (text(a) < text(b) ? -1 : 1));
  return found;
}
