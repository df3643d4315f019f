import { dirname } from 'node:path';
import { DomainError } from '@osiris/contracts';
import { checkOut } from './check-out';
import { isCommitId } from './commit-id';
import { listCommit } from './commit-listing';
import type { CommitRequest, FetchedCommit, FetchRequest, GitFetcherOptions, ScratchRequest } from './fetch-request';
import { findRef, remoteRefs } from './find-ref';
import { GitVersion } from './git-version';
import { localRefs } from './local-refs';
import { localGitDir } from './local-repository';
import { ObjectReader } from './object-reader';
import { type FetchMissing, OpenedCommit } from './opened-commit';
import { openRemote } from './partial-fetch';
import { fetchCommit, fetchRef } from './remote-commit';
import type { RemoteRef } from './remote-refs';
import type { RepoLocation } from './repo-location';
import { inSession, withinTime } from './session';

/** What came of looking at a commit: it is the one already known, or what was made of it. */
export type Looked<T> = { outcome: 'unchanged'; commit: FetchedCommit } | { outcome: 'read'; value: T };

/** Reads foreign repositories without running, asking or reaching anything but what was allowed. */
export class GitFetcher {
  constructor(
    private readonly options: GitFetcherOptions,
    private readonly version = new GitVersion(),
  ) {}

  /**
   * What `ref` points at, without fetching it.
   * @throws DomainError REPO_*, REF_NOT_FOUND, HOST_NOT_ALLOWED; the signal's reason where it was aborted
   */
  async lsRemote(request: ScratchRequest): Promise<FetchedCommit> {
    return withinTime(request, this.options, async (location, signal) => {
      if (location.protocol === 'file') return asCommit(await this.findLocalRef(await this.gitDirOf(location), location, request.ref, signal));
      return inSession(location, signal, this.options, request.scratchParent, async (session) => asCommit(await findRef(remoteRefs(session), request.ref)));
    });
  }

  /**
   * Leaves the commit's files, without `.git`, in `into`.
   * @throws DomainError REPO_*, REF_NOT_FOUND, HOST_NOT_ALLOWED; the signal's reason where it was aborted
   */
  async fetch(request: FetchRequest): Promise<FetchedCommit> {
    const { commitSha, ref, into } = request;
    if (commitSha !== undefined && !isCommitId(commitSha)) throw new DomainError('REF_INVALID', 'A commit is named by its 40 or 64 hexadecimal digits');
    return withinTime(request, this.options, (location, signal) =>
      inSession(location, signal, this.options, dirname(into), async (session) => {
        const fetched = commitSha ? await fetchCommit(session, commitSha, ref) : await fetchRef(session, await findRef(remoteRefs(session), ref));
        await checkOut(session, fetched.commitSha, into);
        return fetched;
      }),
    );
  }

  /**
   * Gives `work` the commit that `ref` points at, having fetched its folders but none of its files; those come as they are
   * read. A repository of this machine is read where it lies. See docs/adr/0010-reading-a-commit.md.
   * @throws DomainError REPO_*, REF_NOT_FOUND, HOST_NOT_ALLOWED; the signal's reason where it was aborted; what `work` throws
   */
  async withCommit<T>(request: CommitRequest, work: (commit: OpenedCommit) => Promise<T>): Promise<Looked<T>> {
    return withinTime(request, this.options, async (location, signal) => {
      if (location.protocol === 'file') return this.withLocalCommit(location, request, signal, work);
      return inSession(location, signal, this.options, request.scratchParent, async (session) => {
        const remote = await findRef(remoteRefs(session), request.ref);
        if (remote.commitSha === request.unless) return { outcome: 'unchanged', commit: asCommit(remote) };
        const { commit, gitDir, fetchMissing } = await openRemote(session, remote, await this.version.fetchesParts());
        return reading(new ObjectReader(gitDir, session.signal), commit, fetchMissing, work);
      });
    });
  }

  private async withLocalCommit<T>(location: RepoLocation, { ref, unless }: CommitRequest, signal: AbortSignal, work: (commit: OpenedCommit) => Promise<T>): Promise<Looked<T>> {
    const gitDir = await this.gitDirOf(location);
    const found = await this.findLocalRef(gitDir, location, ref, signal);
    if (found.commitSha === unless) return { outcome: 'unchanged', commit: asCommit(found) };
    const fetchMissing: FetchMissing = () => Promise.reject(new DomainError('REPO_UNREACHABLE', 'The repository does not have all files of the commit'));
    return reading(new ObjectReader(gitDir, signal), asCommit(found), fetchMissing, work);
  }

  private gitDirOf(location: RepoLocation): Promise<string> {
    return localGitDir(location.path, this.options.allowedRoots);
  }

  private findLocalRef(gitDir: string, location: RepoLocation, ref: string | null, signal: AbortSignal): Promise<RemoteRef> {
    return findRef(localRefs(gitDir, location, signal, this.options.maxBytes), ref);
  }
}

function asCommit({ commitSha, shortName }: RemoteRef): FetchedCommit {
  return { commitSha, ref: shortName };
}

async function reading<T>(objects: ObjectReader, commit: FetchedCommit, fetchMissing: FetchMissing, work: (commit: OpenedCommit) => Promise<T>): Promise<Looked<T>> {
  try {
    const listing = await listCommit(objects, commit.commitSha);
    return { outcome: 'read', value: await work(new OpenedCommit(commit, listing, objects, fetchMissing)) };
  } finally {
    await objects.close();
  }
}
