import type { BuildFailure, ErrorCode } from '@osiris/contracts';
import { type EntityManager, In } from 'typeorm';
import type { Transaction } from '../database/database';
import { select } from '../database/select';
import { RepositoryEntity } from '../repositories/repository.entity';
import { BuildEntity } from './build.entity';

/**
 * Failures that come of the commit, the Dockerfile and its arguments, from wherever the commit was fetched. What a registry,
 * the time or the engine had a part in may go better for the next: it is built for itself.
 */
const OF_THE_INPUTS: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['DOCKERFILE_MISSING', 'DOCKERFILE_INVALID', 'COPY_SOURCE_MISSING', 'RUN_FAILED', 'BUILD_OUT_OF_MEMORY', 'CONTEXT_TOO_LARGE']);

/** What becomes of builds that watched one which has ended. */
export interface Settled {
  /** They wait for their turn now. */
  readonly queued: BuildEntity[];
  /** They fail as it did. */
  readonly failed: BuildEntity[];
  /** They watch another one now. */
  readonly watching: BuildEntity[];
}

/**
 * Decides for those who watched a build that is final, and changes their `watches`; saving and telling is the caller's.
 * After a success each gets a turn of its own, in which the image is found ready and gets its name. A failure is theirs
 * too where it comes of what they begin with, or of the repository that is theirs as well. Otherwise one of them is built
 * instead, and the others watch that one.
 */
export async function settleWatchers(manager: EntityManager, ended: BuildEntity): Promise<Settled> {
  const watchers = await manager.find(BuildEntity, { where: { watches: ended.id, status: 'pending' }, order: { id: 'ASC' } });
  if (watchers.length === 0) return { queued: [], failed: [], watching: [] };
  if (ended.status === 'succeeded') return { queued: released(watchers), failed: [], watching: [] };
  const failed = ended.status === 'failed' ? await sharing(manager, ended, watchers) : [];
  const [next, ...watching] = watchers.filter((row) => !failed.includes(row));
  for (const row of watching) row.watches = next?.id ?? null;
  return { queued: released(next ? [next] : []), failed, watching };
}

function released(rows: BuildEntity[]): BuildEntity[] {
  for (const row of rows) row.watches = null;
  return rows;
}

async function sharing(manager: EntityManager, ended: BuildEntity, watchers: BuildEntity[]): Promise<BuildEntity[]> {
  if (ended.errorCode !== null && OF_THE_INPUTS.has(ended.errorCode)) return watchers;
  const ids = [...new Set([ended, ...watchers].map(({ repositoryId }) => repositoryId))];
  const repositories = await manager.find(RepositoryEntity, { select: { id: true, fetchUrl: true }, where: { id: In(ids) } });
  const urls = new Map(repositories.map(({ id, fetchUrl }) => [id, fetchUrl]));
  return watchers.filter(({ repositoryId }) => urls.get(repositoryId) === urls.get(ended.repositoryId));
}

/** The failure of the build that was watched, as that of who watched it. */
export function sharedFailure({ id, failure }: BuildEntity, error: { code: ErrorCode; message: string }): BuildFailure | undefined {
  return failure ? { ...failure, message: sharedMessage(id, error.message) } : undefined;
}

export const sharedMessage = (buildId: string, message: string): string => `${message} (Built once for all who asked: this is how build ${buildId} of the same commit ended.)`;

/**
 * Lets those go on who watch a build that is gone or has ended: what ends a build settles this with it, so there are none
 * unless somebody changed the tables by hand.
 * @returns how many
 */
export async function releaseForgotten({ manager }: Transaction): Promise<number> {
  const rows = await select<{ id: string }>(
    manager,
    `SELECT w.id AS "id" FROM builds w WHERE w.watches IS NOT NULL AND w.status = 'pending'
     AND NOT EXISTS (SELECT 1 FROM builds f WHERE f.id = w.watches AND f.status IN ('pending', 'running'))`,
  );
  for (const { id } of rows) await manager.update(BuildEntity, { id }, { watches: null });
  return rows.length;
}
