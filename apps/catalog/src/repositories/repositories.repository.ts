import { DomainError } from '@osiris/contracts';
import { type EntityManager, Like } from 'typeorm';
import { select } from '../database/select';
import { RepositoryEntity } from './repository.entity';

/** @throws DomainError NOT_FOUND */
export async function findApp(manager: EntityManager, idOrSlug: string): Promise<RepositoryEntity> {
  const row = await manager.findOneBy(RepositoryEntity, idOrSlug.includes('/') ? { slug: idOrSlug.toLowerCase() } : { id: idOrSlug });
  if (!row) throw new DomainError('NOT_FOUND', 'There is no such app.');
  return row;
}

/** @throws DomainError NOT_FOUND */
export async function findAppId(manager: EntityManager, slug: string): Promise<string> {
  const [row] = await select<{ id: string }>(manager, 'SELECT id FROM repositories WHERE slug = ?', [slug.toLowerCase()]);
  if (!row) throw new DomainError('NOT_FOUND', 'There is no such app.');
  return row.id;
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

/** Works out what is shown: the curator's word before the author's, before the README's and the slug. */
export function refreshShown(row: RepositoryEntity): void {
  row.name = row.curatedName ?? row.ingestedName ?? row.slug.slice(row.slug.indexOf('/') + 1);
  row.description = row.curatedDescription ?? row.ingestedDescription ?? row.readmeSummary ?? '';
}
