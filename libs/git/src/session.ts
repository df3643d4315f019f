import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { DomainError, RefName } from '@osiris/contracts';
import { allowedAddresses, allowedPath } from './address-check';
import type { GitFetcherOptions, RepositoryRequest } from './fetch-request';
import { gitEnvironment } from './git-environment';
import { classifyGitFailure, RepoMoved } from './git-errors';
import { type GitResult, runGit } from './git-process';
import { movedTo } from './redirects';
import { locate, type RepoLocation } from './repo-location';
import { packBytes, tooLarge } from './size-limits';

const SIZE_WATCH_MS = 200;
const MAX_MOVES = 5;
/** By so much git's own end comes after the fetch's, which tells why: it is only for when this process was killed. */
const OUTLIVING_MS = 5_000;

/** One fetch's location, checked, with the environment and the limits under which git may run for it. */
export interface Session {
  location: RepoLocation;
  env: NodeJS.ProcessEnv;
  scratch: string;
  /** Where the fetched objects go: below `scratch`, not there yet. */
  gitDir: string;
  signal: AbortSignal;
  options: GitFetcherOptions;
}

export interface RunOptions {
  /** In place of the session's. */
  env?: NodeJS.ProcessEnv;
  /** For git's standard input. */
  input?: string;
}

/**
 * Gives `work` the place the request names, checked as far as its text tells, and a signal that is aborted when time is up.
 * @throws DomainError REPO_TIMEOUT; the request's signal's reason where that was aborted
 */
export async function withinTime<T>(request: RepositoryRequest, options: GitFetcherOptions, work: (location: RepoLocation, signal: AbortSignal) => Promise<T>): Promise<T> {
  if (request.ref !== null && !RefName.safeParse(request.ref).success) throw new DomainError('REF_INVALID', 'The ref is not a name that git accepts');
  const location = locate(request.repoUrl, options);
  const timeout = AbortSignal.timeout(options.timeoutMs);
  const signal = request.signal ? AbortSignal.any([timeout, request.signal]) : timeout;
  try {
    return await work(location, signal);
  } catch (error) {
    if (request.signal?.aborted) throw request.signal.reason;
    if (timeout.aborted) throw new DomainError('REPO_TIMEOUT', `Fetching the repository took longer than ${Math.round(options.timeoutMs / 1000)} s`);
    throw error;
  }
}

/** Gives `work` a session in a scratch folder, which is removed whatever happens. Follows a repository that has moved. */
export async function inSession<T>(location: RepoLocation, signal: AbortSignal, options: GitFetcherOptions, scratchParent: string, work: (session: Session) => Promise<T>): Promise<T> {
  await mkdir(scratchParent, { recursive: true });
  return followingMoves(location, MAX_MOVES, signal, options, (at, addresses) => inScratch(at, addresses, scratchParent, signal, options, work));
}

/** Every place a repository has moved to is checked as the first one was. */
async function followingMoves<T>(location: RepoLocation, moves: number, signal: AbortSignal, options: GitFetcherOptions, work: (location: RepoLocation, addresses: string[]) => Promise<T>): Promise<T> {
  if (location.protocol === 'file') {
    location.path = await allowedPath(location.path, options.allowedRoots);
    location.url = pathToFileURL(location.path).href;
  }
  const addresses = await allowedAddresses(location, options.allowPrivateHosts);
  // git:// offers no other way to pin an address; it has no certificate that could miss the name.
  if (location.protocol === 'git' && addresses[0]) location.url = withHost(location, addresses[0]);
  try {
    return await work(location, addresses);
  } catch (error) {
    if (!(error instanceof RepoMoved) || moves === 0) throw error;
    const target = locate(await movedTo(location, addresses, signal), options);
    return followingMoves(target, moves - 1, signal, options, work);
  }
}

function withHost(location: RepoLocation, address: string): string {
  const { pathname } = new URL(location.url);
  return `git://${address.includes(':') ? `[${address}]` : address}:${location.port}${pathname}`;
}

async function inScratch<T>(location: RepoLocation, addresses: string[], parent: string, outer: AbortSignal, options: GitFetcherOptions, work: (session: Session) => Promise<T>): Promise<T> {
  const scratch = await mkdtemp(join(parent, '.git-'));
  const gitDir = join(scratch, 'git');
  const full = new AbortController();
  const watch = setInterval(() => {
    void packBytes(gitDir).then((bytes) => {
      if (bytes > options.maxBytes) full.abort(tooLarge(options.maxBytes));
    });
  }, SIZE_WATCH_MS);
  try {
    const env = await gitEnvironment({ location, addresses, home: join(scratch, 'home') });
    return await work({ location, env, scratch, gitDir, signal: AbortSignal.any([outer, full.signal]), options });
  } finally {
    clearInterval(watch);
    await rm(scratch, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** Runs git within the session's limits, however it ends. */
export function run(session: Session, args: readonly string[], { env = session.env, input }: RunOptions = {}): Promise<GitResult> {
  return runGit(args, { env, cwd: session.scratch, signal: session.signal, limitMs: session.options.timeoutMs + OUTLIVING_MS, ...(input === undefined ? {} : { input }) });
}

/** What git writes. @throws DomainError where it fails, or writes more than is kept */
export async function must(session: Session, args: readonly string[], options: RunOptions = {}): Promise<string> {
  const result = await run(session, args, options);
  if (result.exitCode !== 0) throw classifyGitFailure(result.stderr, session.location);
  // What was cut off was neither looked at nor counted.
  if (result.truncated) throw tooLarge(session.options.maxBytes);
  return result.stdout;
}
