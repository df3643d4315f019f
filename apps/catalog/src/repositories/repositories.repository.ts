import { DomainError } from '@osiris/contracts';
import { type EntityManager, Like } from 'typeorm';
import { tagsOf } from '../tags/tags.repository';
import { RepositoryEntity } from './repository.entity';

export const escapeLike = (text: string): string => text.replace(/[\\%_]/g, '\\$&');

/** @throws DomainError NOT_FOUND */
export async function findApp(manager: EntityManager, idOrSlug: string): Promise<RepositoryEntity> {
  const row = await manager.findOneBy(RepositoryEntity, idOrSlug.includes('/') ? { slug: idOrSlug.toLowerCase() } : { id: idOrSlug });
  if (!row) throw new DomainError('NOT_FOUND', 'There is no such app.');
  return row;
}

/** `owner/name`, or `owner/name-2`, `-3`… where that is taken. */
export async function freeSlug(manager: EntityManager, wanted: string): Promise<string> {
  if (!(await manager.existsBy(RepositoryEntity, { slug: wanted }))) return wanted;
  const taken = await manager.find(RepositoryEntity, { select: { slug: true }, where: { slug: Like(`${wanted.replace(/[%\\]/g, '')}-%`) } });
  const slugs = new Set(taken.map(({ slug }) => slug));
  let number = 2;
  while (slugs.has(`${wanted}-${number}`)) number++;
  return `${wanted}-${number}`;
}

/** Works out what follows from the rest: the shown name and description, and what a search looks in. */
export async function refreshDerived(manager: EntityManager, row: RepositoryEntity): Promise<void> {
  row.name = row.curatedName ?? row.ingestedName ?? row.slug.slice(row.slug.indexOf('/') + 1);
  row.description = row.curatedDescription ?? row.ingestedDescription ?? row.readmeSummary ?? '';
  row.nameSort = row.name.toLowerCase();
  const tags = (await tagsOf(manager, [row.id])).get(row.id) ?? [];
  const texts = [row.name, row.slug, row.description, ...tags.map(({ value }) => value)];
  // A line break keeps a phrase from matching across two fields.
  row.searchText = texts.join('\n').toLowerCase();
}
