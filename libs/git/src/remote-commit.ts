import { DomainError } from '@osiris/contracts';
import type { CommitId } from './commit-id';
import type { FetchedCommit } from './fetch-request';
import { findRef, remoteRefs } from './find-ref';
import { promisorSettings, type Setting, withSettings } from './git-environment';
import { classifyGitFailure, refusesCommitIds, refusesShallow } from './git-errors';
import type { GitResult } from './git-process';
import type { RemoteRef } from './remote-refs';
import { must, run, type Session } from './session';

/** What is fetched lies under this name in the scratch repository. */
export const TARGET = 'refs/osiris/target';
const REMOTE = 'origin';
/** How deep to look for a commit on its branch where the server gives no commit by its id; then everything. */
const DEEPENING = [1, 50, 1_000];
/** Else git would offer the commits it has as a common base, and take the host's word that their files are there too. */
const FROM_NOTHING: Setting = ['fetch.negotiationAlgorithm', 'noop'];
const QUIETLY = ['fetch', '--quiet', '--no-tags', '--no-recurse-submodules', '--no-write-fetch-head', '--force'];

/** `all` brings the files' contents along, `none` only the folders: contents are asked for by `fetchBlobs` then. */
export type Contents = 'all' | 'none';

/** Fetches what a ref was found to point at into the session's repository. */
export async function fetchRef(session: Session, remote: RemoteRef, contents: Contents = 'all'): Promise<FetchedCommit> {
  if (remote.fullName === null) return fetchCommit(session, remote.commitSha, null, contents);
  await init(session, remote.commitSha);
  await fetchInto(session, remote.fullName, 1, contents);
  // What arrived counts: the branch may have moved since it was listed.
  return { commitSha: await targetCommit(session), ref: remote.shortName };
}

/** Fetches exactly this commit, by its id or, where the server gives none by its id, through its branch. */
export async function fetchCommit(session: Session, commitSha: CommitId, ref: string | null, contents: Contents = 'all'): Promise<FetchedCommit> {
  await init(session, commitSha);
  const direct = await tryFetch(session, commitSha, 1, contents);
  if (direct.exitCode === 0) {
    if ((await targetCommit(session)) !== commitSha) throw notThere(commitSha);
    return { commitSha, ref };
  }
  if (!refusesCommitIds(direct.stderr) && !refusesShallow(direct.stderr)) throw classifyGitFailure(direct.stderr, session.location);
  const remote = await findRef(remoteRefs(session), ref);
  if (remote.fullName === null) throw notThere(commitSha);
  for (const depth of [...DEEPENING, null]) {
    await fetchInto(session, remote.fullName, depth, contents);
    const known = await run(session, ['--git-dir', session.gitDir, 'merge-base', '--is-ancestor', commitSha, TARGET]);
    if (known.exitCode === 0) return { commitSha, ref };
  }
  throw notThere(commitSha);
}

/**
 * Fetches these files' contents, all in one go.
 * @returns false where the server gives nothing by its id: everything must be fetched then
 */
export async function fetchBlobs(session: Session, oids: readonly string[]): Promise<boolean> {
  const env = withSettings(session.env, [...promisorSettings(REMOTE, session.location.url), FROM_NOTHING]);
  const args = ['--git-dir', session.gitDir, ...QUIETLY, '--filter=blob:none', '--stdin', REMOTE];
  const result = await run(session, args, { env, input: oids.map((oid) => `${oid}\n`).join('') });
  if (result.exitCode === 0) return true;
  if (refusesCommitIds(result.stderr)) return false;
  throw classifyGitFailure(result.stderr, session.location);
}

/** Fetches the commit again, with the files that are missing so far. */
export async function fetchWhole(session: Session, commitSha: CommitId, ref: string | null): Promise<void> {
  await fetchCommit({ ...session, env: withSettings(session.env, [FROM_NOTHING]) }, commitSha, ref);
}

async function init(session: Session, commitSha: CommitId): Promise<void> {
  const format = commitSha.length === 64 ? 'sha256' : 'sha1';
  await must(session, ['init', '--quiet', '--bare', '--template=', `--object-format=${format}`, session.gitDir]);
}

function tryFetch(session: Session, source: string, depth: number | null, contents: Contents): Promise<GitResult> {
  const refspec = `+${source}:${TARGET}`;
  const deep = depth === null ? [] : [`--depth=${depth}`];
  if (contents === 'all') return run(session, ['--git-dir', session.gitDir, ...QUIETLY, ...deep, '--', session.location.url, refspec]);
  // Said to this command alone, not written into the repository: what reads there later must not fetch what is missing.
  const env = withSettings(session.env, promisorSettings(REMOTE, session.location.url));
  return run(session, ['--git-dir', session.gitDir, ...QUIETLY, ...deep, '--filter=blob:none', REMOTE, refspec], { env });
}

async function fetchInto(session: Session, source: string, depth: number | null, contents: Contents): Promise<void> {
  // "--unshallow" is an error on a complete repository, and a plain fetch leaves a shallow one shallow.
  let result = await tryFetch(session, source, depth ?? 2_147_483_647, contents);
  // A plain file server cannot leave anything out either.
  if (result.exitCode !== 0 && refusesShallow(result.stderr)) result = await tryFetch(session, source, null, 'all');
  if (result.exitCode !== 0) throw classifyGitFailure(result.stderr, session.location);
}

async function targetCommit(session: Session): Promise<CommitId> {
  const { exitCode, stdout } = await run(session, ['--git-dir', session.gitDir, 'rev-parse', '--verify', '--quiet', `${TARGET}^{commit}`]);
  if (exitCode !== 0) throw new DomainError('REF_NOT_FOUND', 'The ref points at something that is not a commit');
  return stdout.trim();
}

function notThere(commitSha: CommitId): DomainError {
  return new DomainError('REF_NOT_FOUND', `The commit ${commitSha.slice(0, 12)} is not in the repository: it was removed, or its branch was rewritten`);
}
