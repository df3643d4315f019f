import { DomainError } from '@osiris/contracts';
import { isCommitId } from './commit-id';
import { chooseRemoteRef, parseLsRemote, type RemoteListing, type RemoteRef } from './remote-refs';
import { must, type Session } from './session';

/** Lists the refs of these names, where they are there, or every branch and tag. */
export type ListRefs = (wanted: readonly string[] | 'branches and tags') => Promise<RemoteListing>;

/** Asks the session's repository. */
export function remoteRefs(session: Session): ListRefs {
  const list = async (options: readonly string[], names: readonly string[]): Promise<RemoteListing> =>
    parseLsRemote(await must(session, ['ls-remote', ...options, '--', session.location.url, ...names]));
  return (wanted) => (wanted === 'branches and tags' ? list(['--heads', '--tags'], []) : list(['--symref'], wanted.flatMap((name) => [name, `${name}^{}`])));
}

/**
 * What `ref` points at; null: the default branch.
 * @throws DomainError REPO_EMPTY, REF_NOT_FOUND, and what listing throws
 */
export async function findRef(list: ListRefs, ref: string | null): Promise<RemoteRef> {
  const wanted = ref === null ? ['HEAD'] : ref.startsWith('refs/') ? [ref] : [`refs/heads/${ref}`, `refs/tags/${ref}`];
  const found = chooseRemoteRef(await list(wanted), ref);
  if (found) return found;
  // Nothing there: an empty repository, a default branch that does not exist, or a ref that does not.
  const branches = await list('branches and tags');
  if (branches.refs.size === 0) throw new DomainError('REPO_EMPTY', 'The repository has no commit yet');
  const fallback = ref === null ? chooseRemoteRef(branches, null) : null;
  if (fallback) return fallback;
  if (ref !== null && isCommitId(ref)) return { commitSha: ref, fullName: null, shortName: null };
  throw new DomainError('REF_NOT_FOUND', ref === null ? 'The repository has no default branch: name one' : `The repository has no branch or tag "${ref}"`);
}
