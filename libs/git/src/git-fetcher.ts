import { dirname } from 'node:path';
import { DomainError } from '@osiris/contracts';
import { checkOut } from './check-out';
import { type CommitId, isCommitId } from './commit-id';
import { listCommit } from './commit-listing';
import type { CheckedOutCommit, CommitRequest, FetchedCommit, FetchRequest, GitFetcherOptions, ScratchRequest } from './fetch-request';
import { findRef, remoteRefs } from './find-ref';
import { GitVersion } from './git-version';
import { findLocalHead } from './local-head';
import { localRefs } from './local-refs';
import { openLocal } from './local-repository';
import { ObjectProcesses } from './object-process';
import { ObjectReader } from './object-reader';
import { type FetchMissing, incomplete, OpenedCommit } from './opened-commit';
import { openRemote } from './partial-fetch';
import { fetchCommit, fetchRef } from './remote-commit';
import type { RemoteRef } from './remote-refs';
import type { RepoLocation } from './repo-location';
import { inSession, withinTime } from './session';

/** What came of looking at a commit: it is the one already known, or what was made of it. */
export type Looked<T> = { outcome: 'unchanged'; commit: FetchedCommit } | { outcome: 'read'; value: T };

/** Reads foreign repositories without running, asking or reaching anything but what was allowed. */
export class GitFetcher {
  private readonly processes = new ObjectProcesses();

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
      if (location.protocol === 'file') return this.inLocal(location, request.ref, signal, (found) => Promise.resolve(asCommit(found)));
      return inSession(location, signal, this.options, request.scratchParent, async (session) => asCommit(await findRef(remoteRefs(session), request.ref)));
    });
  }

  /**
   * Leaves the commit's files, without `.git`, in `into`.
   * @throws DomainError REPO_*, REF_NOT_FOUND, HOST_NOT_ALLOWED; the signal's reason where it was aborted
   */
  async fetch(request: FetchRequest): Promise<CheckedOutCommit> {
    const { commitSha, ref, into } = request;
    if (commitSha !== undefined && !isCommitId(commitSha)) throw new DomainError('REF_INVALID', 'A commit is named by its 40 or 64 hexadecimal digits');
    return withinTime(request, this.options, (location, signal) =>
      inSession(location, signal, this.options, dirname(into), async (session) => {
        const fetched = commitSha ? await fetchCommit(session, commitSha, ref) : await fetchRef(session, await findRef(remoteRefs(session), ref));
        return { ...fetched, ...(await checkOut(session, fetched.commitSha, into)) };
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
      if (location.protocol === 'file') {
        return this.inLocal(location, request.ref, signal, (found, objects) => lookAt(request.unless, asCommit(found), objects, () => Promise.reject(incomplete()), work));
      }
      return inSession(location, signal, this.options, request.scratchParent, async (session) => {
        const remote = await findRef(remoteRefs(session), request.ref);
        if (remote.commitSha === request.unless) return { outcome: 'unchanged', commit: asCommit(remote) };
        const { commit, gitDir, fetchMissing } = await openRemote(session, remote, await this.version.fetchesParts());
        return this.readingObjects(gitDir, session.signal, (objects) => lookAt(request.unless, commit, objects, fetchMissing, work));
      });
    });
  }

  /** One process of git answers what the ref points at and reads the objects. */
  private async inLocal<T>(location: RepoLocation, ref: string | null, signal: AbortSignal, work: (found: RemoteRef, objects: ObjectReader) => Promise<T>): Promise<T> {
    const repository = await openLocal(location.path, this.options.allowedRoots);
    return this.readingObjects(repository.gitDir, signal, async (objects) => {
      const found = await findLocalHead(objects, repository, ref);
      return work(found ?? (await findRef(localRefs(repository.gitDir, location, signal, this.options.maxBytes), ref)), objects);
    });
  }

  private async readingObjects<T>(gitDir: string, signal: AbortSignal, work: (objects: ObjectReader) => Promise<T>): Promise<T> {
    // A git that fetches parts knows the commands that a shell is used with, too.
    const viaShell = await this.version.fetchesParts();
    const objects = new ObjectReader(() => this.processes.start(gitDir, viaShell), signal);
    try {
      return await work(objects);
    } finally {
      await objects.close();
    }
  }
}

function asCommit({ commitSha, shortName }: RemoteRef): FetchedCommit {
  return { commitSha, ref: shortName };
}

async function lookAt<T>(unless: CommitId | null | undefined, commit: FetchedCommit, objects: ObjectReader, fetchMissing: FetchMissing, work: (commit: OpenedCommit) => Promise<T>): Promise<Looked<T>> {
  if (commit.commitSha === unless) return { outcome: 'unchanged', commit };
  const listing = await listCommit(objects, commit.commitSha);
  return { outcome: 'read', value: await work(new OpenedCommit(commit, listing, objects, fetchMissing)) };
}
