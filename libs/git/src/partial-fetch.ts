import type { FetchedCommit } from './fetch-request';
import type { FetchMissing } from './opened-commit';
import { fetchBlobs, fetchRef, fetchWhole } from './remote-commit';
import type { RemoteRef } from './remote-refs';
import type { Session } from './session';
import { packBytes, tooLarge } from './size-limits';

export interface PartialFetch {
  commit: FetchedCommit;
  /** Where its objects are, as far as they were fetched. */
  gitDir: string;
  fetchMissing: FetchMissing;
}

/**
 * Fetches the commit's folders without its files. A host that knows no filters sends everything, and nothing is missing
 * later; one that filters but gives nothing by its id is asked again, for everything, when the first file is wanted.
 * @param inParts false where this machine's git is too old for that: everything is fetched at once
 */
export async function openRemote(session: Session, remote: RemoteRef, inParts: boolean): Promise<PartialFetch> {
  const commit = await fetchRef(session, remote, inParts ? 'none' : 'all');
  await checkSize(session);
  const fetchMissing: FetchMissing = async (oids) => {
    if (!(await fetchBlobs(session, oids))) await fetchWhole(session, commit.commitSha, remote.fullName === 'HEAD' ? null : remote.fullName);
    await checkSize(session);
  };
  return { commit, gitDir: session.gitDir, fetchMissing };
}

/** What came faster than the watch looks. */
async function checkSize({ gitDir, options: { maxBytes } }: Session): Promise<void> {
  if ((await packBytes(gitDir)) > maxBytes) throw tooLarge(maxBytes);
}
