import { mkdir } from 'node:fs/promises';
import type { CommitId } from './commit-id';
import { classifyGitFailure } from './git-errors';
import { must, run, type Session } from './session';
import { MAX_ENTRIES, tooLarge } from './size-limits';

/** Writes the files of a commit that the session has fetched into `folder`. @throws DomainError REPO_TOO_LARGE */
export async function checkOut(session: Session, commitSha: CommitId, folder: string): Promise<void> {
  const listing = await must(session, ['--git-dir', session.gitDir, 'ls-tree', '-r', '-l', '-z', commitSha]);
  const sizes = listing.split('\0').slice(0, -1).map((line) => Number(/^\S+ \S+ \S+ +(\S+)\t/.exec(line)?.[1]) || 0);
  // Small packs can hold huge files: the sum is known before the first one is written.
  if (sizes.length > MAX_ENTRIES || sizes.reduce((sum, size) => sum + size, 0) > session.options.maxBytes) throw tooLarge(session.options.maxBytes);
  await mkdir(folder, { recursive: true });
  const result = await run(session, ['--git-dir', session.gitDir, '--work-tree', folder, 'checkout', '--quiet', '--force', '--detach', commitSha, '--']);
  if (result.exitCode !== 0) throw classifyGitFailure(result.stderr, session.location);
}
