import { DomainError, type ErrorCode } from '@osiris/contracts';
import type { RepoLocation } from './repo-location';

/** What git (LC_ALL=C), curl and ssh say, in the order in which it is decisive. */
const SAYINGS: readonly [RegExp, ErrorCode, (host: string) => string][] = [
  [
    /could not read (Username|Password)|Authentication failed|terminal prompts disabled|returned error: 40[13]|Permission denied|Host key verification failed|access denied|HTTP Basic: Access denied/i,
    'REPO_AUTH_REQUIRED',
    (host) => `${host} asks for credentials: the repository is private, or it does not exist`,
  ],
  [
    /repository '[^']*' not found|Repository not found|does not appear to be a git repository|returned error: 404|does not exist|not a git repository|no such repository|project you were looking for could not be found/i,
    'REPO_NOT_FOUND',
    (host) => `There is no git repository at this URL on ${host}`,
  ],
  [/couldn't find remote ref|no such ref|not our ref|unadvertised object|bad object/i, 'REF_NOT_FOUND', () => 'The ref does not exist in the repository'],
  [/Operation too slow/i, 'REPO_TIMEOUT', (host) => `${host} sends next to nothing`],
  [/SSL|certificate/i, 'REPO_UNREACHABLE', (host) => `The certificate of ${host} is not accepted`],
  [
    /Could not resolve|Failed to connect|Couldn't connect|Connection (refused|reset|timed out|closed)|timed out|No route|unreachable|returned error: (5\d\d|429)|early EOF|hung up unexpectedly|RPC failed|empty reply/i,
    'REPO_UNREACHABLE',
    (host) => `${host} cannot be reached or broke off`,
  ],
];

/** The server answered with a redirect, which git does not follow here. */
export class RepoMoved extends DomainError {
  constructor(host: string) {
    super('REPO_UNREACHABLE', `${host} redirects to another URL too often: register the last one`);
  }
}

/** Git's stderr as a domain error. Never repeats git's words: they may hold the URL or a path of this host. */
export function classifyGitFailure(stderr: string, location: RepoLocation): DomainError {
  const host = location.host || 'this machine';
  if (/returned error: 30[12378]\b/.test(stderr)) return new RepoMoved(host);
  for (const [saying, code, message] of SAYINGS) {
    if (saying.test(stderr)) return new DomainError(code, message(host));
  }
  return new DomainError('REPO_UNREACHABLE', `Git could not read the repository on ${host}`, { cause: new Error(lastWords(stderr, location)) });
}

/** For the service's own log: git's last line, without what could be secret. */
function lastWords(stderr: string, location: RepoLocation): string {
  const last = stderr.trim().split('\n').at(-1) ?? '';
  const secrets = [location.credentials?.password, location.credentials?.user].filter((secret): secret is string => !!secret);
  return secrets.reduce((text, secret) => text.replaceAll(secret, '***'), last).slice(0, 500);
}

/** True where the server lets nobody ask for a commit by its id, so that its branch must be fetched instead. */
export function refusesCommitIds(stderr: string): boolean {
  return /unadvertised object|not our ref|does not allow request|couldn't find remote ref|no matching remote head/i.test(stderr);
}

/** True for plain file servers ("dumb http"), which know no shallow fetch. */
export function refusesShallow(stderr: string): boolean {
  return /dumb http transport does not support shallow/i.test(stderr);
}
