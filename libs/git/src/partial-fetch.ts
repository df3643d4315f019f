import type { FetchedCommit } from './fetch-request';
import type { FetchMissing } from './opened-commit';
import { fetchBlobs, fetchRef, fetchWhole } from './remote-commit';
import type { RemoteRef } from './remote-refs';
import type { Session } from './session';

export interface PartialFetch {
  commit: FetchedCommit;
  /** Where its objects are, as far as they were fetched. */
  gitDir: string;
  fetchMissing: FetchMissing;
}

/**
 * Fetches the commit's folders without its files. A host that knows no filters sends everything, and nothing is missing
 * later; one that filters but gives nothing by its id is asked again, for everything, when the first file is wanted.
 */
export async function openRemote(session: Session, remote: RemoteRef): Promise<PartialFetch> {
  const commit = await fetchRef(session, remote, 'none');
  const fetchMissing: FetchMissing = async (oids) => {
    if (!(await fetchBlobs(session, oids))) await fetchWhole(session, commit.commitSha, remote.fullName === 'HEAD' ? null : remote.fullName);
  };
  return { commit, gitDir: session.gitDir, fetchMissing };
}
