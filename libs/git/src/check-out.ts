import { mkdir } from 'node:fs/promises';
import type { CommitId } from './commit-id';
import type { CheckedOutCommit } from './fetch-request';
import { classifyGitFailure } from './git-errors';
import { must, run, type Session } from './session';
import { MAX_ENTRIES, tooLarge } from './size-limits';

/**
 * Writes the files of a commit that the session has fetched into `folder`.
 * @throws DomainError REPO_TOO_LARGE
 */
export async function checkOut(session: Session, commitSha: CommitId, folder: string): Promise<Pick<CheckedOutCommit, 'blobs' | 'bytes'>> {
  const listing = await must(session, ['--git-dir', session.gitDir, 'ls-tree', '-r', '-l', '-z', commitSha]);
  const blobs = new Map<string, string>();
  let bytes = 0;
  for (const line of listing.split('\0')) {
    const [, kind, oid, size, path] = /^\S+ (\S+) (\S+) +(\S+)\t(.*)$/s.exec(line) ?? [];
    if (kind !== 'blob' || oid === undefined || path === undefined) continue;
    bytes += Number(size) || 0;
    blobs.set(path, oid);
  }
  // Small packs can hold huge files: the sum is known before the first one is written.
  if (blobs.size > MAX_ENTRIES || bytes > session.options.maxBytes) throw tooLarge(session.options.maxBytes);
  await mkdir(folder, { recursive: true });
  const result = await run(session, ['--git-dir', session.gitDir, '--work-tree', folder, 'checkout', '--quiet', '--force', '--detach', commitSha, '--']);
  if (result.exitCode !== 0) throw classifyGitFailure(result.stderr, session.location);
  return { blobs, bytes };
}
