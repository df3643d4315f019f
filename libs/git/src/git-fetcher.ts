import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { DomainError, RefName } from '@osiris/contracts';
import { allowedAddresses, allowedPath } from './address-check';
import { gitEnvironment } from './git-environment';
import { classifyGitFailure, refusesCommitIds, refusesShallow, RepoMoved } from './git-errors';
import { type GitResult, runGit } from './git-process';
import { chooseRemoteRef, parseLsRemote, type RemoteRef } from './remote-refs';
import { movedTo } from './redirects';
import { locate, type RepoLocation } from './repo-location';

export interface GitFetcherOptions {
  /** Folders below which `file://` repositories may lie. */
  allowedRoots: readonly string[];
  /** Whether loopback, link-local and private addresses may be fetched from. */
  allowPrivateHosts: boolean;
  /** For one whole fetch, in milliseconds. */
  timeoutMs: number;
  /** For what is received, and again for the files it holds, in bytes. */
  maxBytes: number;
}

export interface FetchRequest {
  repoUrl: string;
  /** Branch, tag, full ref name or commit id; null: the default branch. */
  ref: string | null;
  /** Fetch exactly this commit, or fail with REF_NOT_FOUND. */
  commitSha?: string;
  /** Folder for the work tree; made where absent, must be empty. Scratch folders lie beside it while it runs. */
  into: string;
  signal?: AbortSignal;
}

export interface FetchedCommit {
  commitSha: string;
  /** The branch or tag that was fetched, without `refs/heads/`; null where a commit id alone was asked for. */
  ref: string | null;
}

const COMMIT_ID = /^[0-9a-f]{40}([0-9a-f]{24})?$/;
const TARGET = 'refs/osiris/target';
/** A tree with more entries than this is refused as REPO_TOO_LARGE before a single file is written. */
const MAX_FILES = 200_000;
const SIZE_WATCH_MS = 200;
const MAX_MOVES = 5;
/** By so much git's own end comes after the fetch's, which tells why: it is only for when this process was killed. */
const OUTLIVING_MS = 5_000;
/** How deep to look for a commit on its branch where the server gives no commit by its id; then everything. */
const DEEPENING = [1, 50, 1_000];

/** One fetch's location, checked, with the environment and the limits under which git may run for it. */
interface Session {
  location: RepoLocation;
  env: NodeJS.ProcessEnv;
  scratch: string;
  gitDir: string;
  signal: AbortSignal;
}

/** Reads foreign repositories without running, asking or reaching anything but what was allowed. */
export class GitFetcher {
  constructor(private readonly options: GitFetcherOptions) {}

  /**
   * What `ref` points at, without fetching it.
   * @throws DomainError REPO_*, REF_NOT_FOUND, HOST_NOT_ALLOWED; the signal's reason where it was aborted
   */
  async lsRemote(request: Omit<FetchRequest, 'into' | 'commitSha'> & { scratchParent: string }): Promise<FetchedCommit> {
    return this.session(request, request.scratchParent, async (session) => {
      const remote = await this.remoteRef(session, request.ref);
      return { commitSha: remote.commitSha, ref: remote.shortName };
    });
  }

  /**
   * Leaves the commit's files, without `.git`, in `into`.
   * @throws DomainError REPO_*, REF_NOT_FOUND, HOST_NOT_ALLOWED; the signal's reason where it was aborted
   */
  async fetch(request: FetchRequest): Promise<FetchedCommit> {
    if (request.commitSha !== undefined && !COMMIT_ID.test(request.commitSha)) {
      throw new DomainError('REF_INVALID', 'A commit is named by its 40 or 64 hexadecimal digits');
    }
    return this.session(request, dirname(request.into), async (session) => {
      const fetched = request.commitSha
        ? await this.fetchCommit(session, request.commitSha, request.ref)
        : await this.fetchRef(session, request.ref);
      await this.checkOut(session, fetched.commitSha, request.into);
      return fetched;
    });
  }

  private async session<T>(request: { repoUrl: string; ref: string | null; signal?: AbortSignal }, scratchParent: string, work: (session: Session) => Promise<T>): Promise<T> {
    if (request.ref !== null && !RefName.safeParse(request.ref).success) throw new DomainError('REF_INVALID', 'The ref is not a name that git accepts');
    const location = locate(request.repoUrl, this.options);
    await mkdir(scratchParent, { recursive: true });
    const timeout = AbortSignal.timeout(this.options.timeoutMs);
    const signal = request.signal ? AbortSignal.any([timeout, request.signal]) : timeout;
    try {
      return await this.followingMoves(location, MAX_MOVES, signal, (at, addresses) => this.inScratch(at, addresses, scratchParent, signal, work));
    } catch (error) {
      if (request.signal?.aborted) throw request.signal.reason;
      if (timeout.aborted) throw new DomainError('REPO_TIMEOUT', `Fetching the repository took longer than ${Math.round(this.options.timeoutMs / 1000)} s`);
      throw error;
    }
  }

  /** Every place a repository has moved to is checked as the first one was. */
  private async followingMoves<T>(location: RepoLocation, moves: number, signal: AbortSignal, work: (location: RepoLocation, addresses: string[]) => Promise<T>): Promise<T> {
    if (location.protocol === 'file') {
      location.path = await allowedPath(location.path, this.options.allowedRoots);
      location.url = pathToFileURL(location.path).href;
    }
    const addresses = await allowedAddresses(location, this.options.allowPrivateHosts);
    // git:// offers no other way to pin an address; it has no certificate that could miss the name.
    if (location.protocol === 'git' && addresses[0]) location.url = withHost(location, addresses[0]);
    try {
      return await work(location, addresses);
    } catch (error) {
      if (!(error instanceof RepoMoved) || moves === 0) throw error;
      const target = locate(await movedTo(location, addresses, signal), this.options);
      return this.followingMoves(target, moves - 1, signal, work);
    }
  }

  private async inScratch<T>(location: RepoLocation, addresses: string[], parent: string, outer: AbortSignal, work: (session: Session) => Promise<T>): Promise<T> {
    const scratch = await mkdtemp(join(parent, '.git-'));
    const gitDir = join(scratch, 'git');
    const tooLarge = new AbortController();
    const watch = setInterval(() => {
      void packBytes(gitDir).then((bytes) => {
        if (bytes > this.options.maxBytes) tooLarge.abort(this.tooLarge());
      });
    }, SIZE_WATCH_MS);
    try {
      const env = await gitEnvironment({ location, addresses, home: join(scratch, 'home') });
      return await work({ location, env, scratch, gitDir, signal: AbortSignal.any([outer, tooLarge.signal]) });
    } finally {
      clearInterval(watch);
      await rm(scratch, { recursive: true, force: true, maxRetries: 3 });
    }
  }

  private tooLarge(): DomainError {
    return new DomainError('REPO_TOO_LARGE', `The repository is larger than ${Math.round(this.options.maxBytes / 1024 / 1024)} MB or holds more than ${MAX_FILES} files`);
  }

  private run(session: Session, ...args: string[]): Promise<GitResult> {
    return runGit(args, { env: session.env, cwd: session.scratch, signal: session.signal, limitMs: this.options.timeoutMs + OUTLIVING_MS });
  }

  private async must(session: Session, ...args: string[]): Promise<string> {
    const result = await this.run(session, ...args);
    if (result.exitCode !== 0) throw classifyGitFailure(result.stderr, session.location);
    // What was cut off was neither looked at nor counted.
    if (result.truncated) throw this.tooLarge();
    return result.stdout;
  }

  private async remoteRef(session: Session, ref: string | null): Promise<RemoteRef> {
    const url = session.location.url;
    const wanted = ref === null ? ['HEAD'] : ref.startsWith('refs/') ? [ref, `${ref}^{}`] : [`refs/heads/${ref}`, `refs/tags/${ref}`, `refs/tags/${ref}^{}`];
    const asked = parseLsRemote(await this.must(session, 'ls-remote', '--symref', '--', url, ...wanted));
    const found = chooseRemoteRef(asked, ref);
    if (found) return found;
    // Nothing there: an empty repository, a default branch that does not exist, or a ref that does not.
    const branches = parseLsRemote(await this.must(session, 'ls-remote', '--heads', '--tags', '--', url));
    if (branches.refs.size === 0) throw new DomainError('REPO_EMPTY', 'The repository has no commit yet');
    const fallback = ref === null ? chooseRemoteRef(branches, null) : null;
    if (fallback) return fallback;
    if (ref !== null && COMMIT_ID.test(ref)) return { commitSha: ref, fullName: null, shortName: null };
    throw new DomainError('REF_NOT_FOUND', ref === null ? 'The repository has no default branch: name one' : `The repository has no branch or tag "${ref}"`);
  }

  private async fetchRef(session: Session, ref: string | null): Promise<FetchedCommit> {
    const remote = await this.remoteRef(session, ref);
    if (remote.fullName === null) return this.fetchCommit(session, remote.commitSha, null);
    await this.init(session, remote.commitSha);
    await this.fetchInto(session, remote.fullName, 1);
    // What arrived counts: the branch may have moved since it was listed.
    return { commitSha: await this.targetCommit(session), ref: remote.shortName };
  }

  private async fetchCommit(session: Session, commitSha: string, ref: string | null): Promise<FetchedCommit> {
    await this.init(session, commitSha);
    const direct = await this.tryFetch(session, commitSha, 1);
    if (direct.exitCode === 0) {
      if ((await this.targetCommit(session)) !== commitSha) throw notThere(commitSha);
      return { commitSha, ref };
    }
    if (!refusesCommitIds(direct.stderr) && !refusesShallow(direct.stderr)) throw classifyGitFailure(direct.stderr, session.location);
    const remote = await this.remoteRef(session, ref);
    if (remote.fullName === null) throw notThere(commitSha);
    for (const depth of [...DEEPENING, null]) {
      await this.fetchInto(session, remote.fullName, depth);
      const known = await this.run(session, '--git-dir', session.gitDir, 'merge-base', '--is-ancestor', commitSha, TARGET);
      if (known.exitCode === 0) return { commitSha, ref };
    }
    throw notThere(commitSha);
  }

  private async init(session: Session, commitSha: string): Promise<void> {
    const format = commitSha.length === 64 ? 'sha256' : 'sha1';
    await this.must(session, 'init', '--quiet', '--bare', '--template=', `--object-format=${format}`, session.gitDir);
  }

  private tryFetch(session: Session, source: string, depth: number | null): Promise<GitResult> {
    return this.run(
      session, '--git-dir', session.gitDir, 'fetch', '--quiet', '--no-tags', '--no-recurse-submodules', '--no-write-fetch-head', '--force',
      ...(depth === null ? [] : [`--depth=${depth}`]), '--', session.location.url, `+${source}:${TARGET}`,
    );
  }

  private async fetchInto(session: Session, source: string, depth: number | null): Promise<void> {
    let result = await this.tryFetch(session, source, depth);
    if (result.exitCode !== 0 && refusesShallow(result.stderr)) result = await this.tryFetch(session, source, null);
    // "--unshallow" is an error on a complete repository, and a plain fetch leaves a shallow one shallow.
    else if (depth === null) result = await this.run(session, '--git-dir', session.gitDir, 'fetch', '--quiet', '--no-tags', '--no-write-fetch-head', '--force', '--depth=2147483647', '--', session.location.url, `+${source}:${TARGET}`);
    if (result.exitCode !== 0) throw classifyGitFailure(result.stderr, session.location);
  }

  private async targetCommit(session: Session): Promise<string> {
    const { exitCode, stdout } = await this.run(session, '--git-dir', session.gitDir, 'rev-parse', '--verify', '--quiet', `${TARGET}^{commit}`);
    if (exitCode !== 0) throw new DomainError('REF_NOT_FOUND', 'The ref points at something that is not a commit');
    return stdout.trim();
  }

  private async checkOut(session: Session, commitSha: string, into: string): Promise<void> {
    const listing = await this.must(session, '--git-dir', session.gitDir, 'ls-tree', '-r', '-l', '-z', commitSha);
    const sizes = listing.split('\0').slice(0, -1).map((line) => Number(/^\S+ \S+ \S+ +(\S+)\t/.exec(line)?.[1]) || 0);
    // Small packs can hold huge files: the sum is known before the first one is written.
    if (sizes.length > MAX_FILES || sizes.reduce((sum, size) => sum + size, 0) > this.options.maxBytes) throw this.tooLarge();
    await mkdir(into, { recursive: true });
    const result = await this.run(session, '--git-dir', session.gitDir, '--work-tree', into, 'checkout', '--quiet', '--force', '--detach', commitSha, '--');
    if (result.exitCode !== 0) throw classifyGitFailure(result.stderr, session.location);
  }
}

function notThere(commitSha: string): DomainError {
  return new DomainError('REF_NOT_FOUND', `The commit ${commitSha.slice(0, 12)} is not in the repository: it was removed, or its branch was rewritten`);
}

function withHost(location: RepoLocation, address: string): string {
  const { pathname } = new URL(location.url);
  return `git://${address.includes(':') ? `[${address}]` : address}:${location.port}${pathname}`;
}

async function packBytes(gitDir: string): Promise<number> {
  const folder = join(gitDir, 'objects', 'pack');
  const names = await readdir(folder).catch(() => []);
  const sizes = await Promise.all(names.map((name) => stat(join(folder, name)).then(({ size }) => size, () => 0)));
  return sizes.reduce((sum, size) => sum + size, 0);
}
