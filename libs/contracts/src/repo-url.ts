import { DomainError } from './errors';
import { isPrivateHost } from './network-address';

export interface RepoUrlPolicy {
  /** Folders (absolute, "/"-separated) below which `file://` repositories may lie. */
  allowedRoots: readonly string[];
  /** Whether loopback, link-local and private hosts may be fetched from. */
  allowPrivateHosts: boolean;
}

export interface RepoUrl {
  protocol: 'https' | 'http' | 'ssh' | 'git' | 'file';
  /** Lower case; empty for `file`. IPv6 without brackets. */
  host: string;
  /** What git is given, credentials included: secret wherever `credentials` is set. */
  url: string;
  /** The same without credentials: what may be shown, and what tells one repository from another. */
  publicUrl: string;
  /** `user:password` or `token` as written in the URL (percent-encoded); null for none. */
  credentials: string | null;
  /** Lower case `owner/name`, made of the last two parts of the path. */
  slug: string;
}

const MAX_LENGTH = 2048;
const PROTOCOLS = new Set(['https', 'http', 'ssh', 'git', 'file']);

function refuse(message: string): never {
  throw new DomainError('REPO_URL_INVALID', message, { errors: [{ path: 'repoUrl', message }] });
}

/** A path without ".", ".." (also percent-encoded) or empty parts; a trailing "/" and ".git" are left to the caller. */
function checkedSegments(path: string): string[] {
  let decoded: string;
  try {
    decoded = decodeURIComponent(path);
  } catch {
    refuse('The path of the URL is not percent-encoded properly.');
  }
  if (/[\p{Cc}\\]/u.test(decoded)) refuse('The path of the URL holds a control character or a backslash.');
  const segments = decoded.split('/').filter((segment) => segment !== '');
  if (segments.some((segment) => segment === '.' || segment === '..')) refuse('The path of the URL may not hold "." or "..".');
  if (segments.some((segment) => segment.startsWith('-'))) refuse('No part of the path may begin with "-".');
  if (segments.length === 0) refuse('The URL names no repository: its path is empty.');
  return segments;
}

/** One half of a slug: lower case letters, digits, ".", "_" and "-". */
function slugPart(text: string, fallback: string): string {
  const part = text
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '')
    .slice(0, 80);
  return part === '' ? fallback : part;
}

function slugOf(segments: readonly string[], host: string): string {
  const last = segments.at(-1) ?? '';
  const name = last.replace(/\.git$/i, '') === '' ? (segments.at(-2) ?? 'app') : last.replace(/\.git$/i, '');
  const owner = segments.length > 1 ? (segments.at(-2) ?? host) : (host.split('.')[0] ?? host);
  return `${slugPart(owner.replace(/^~/, ''), 'local')}/${slugPart(name, 'app')}`;
}

/** Host and port as one spelling: WHATWG's parser turns 0x7f.1, 2130706433 and full-width digits into what they mean. */
function canonicalHost(authority: string): { host: string; port: string } {
  let parsed: URL;
  try {
    parsed = new URL(`http://${authority}/`);
  } catch {
    refuse('The host of the URL is not valid.');
  }
  const host = parsed.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '').toLowerCase();
  if (host === '' || host.startsWith('-') || /[^a-z0-9.:_-]/.test(host)) refuse('The host of the URL is not valid.');
  const port = /:(\d{1,5})$/.exec(authority)?.[1] ?? '';
  return { host, port };
}

function checkHost(host: string, policy: RepoUrlPolicy): void {
  if (policy.allowPrivateHosts || !isPrivateHost(host)) return;
  const message = 'The host is on this machine or a private network. An operator can allow that (GIT_ALLOW_PRIVATE_HOSTS).';
  throw new DomainError('HOST_NOT_ALLOWED', message, { errors: [{ path: 'repoUrl', message }] });
}

function parseFile(rest: string, policy: RepoUrlPolicy): RepoUrl {
  if (!rest.startsWith('/')) refuse('A file URL is written file:///path, without a host.');
  if (/[?#]/.test(rest)) refuse('A file URL has no query and no fragment.');
  const segments = checkedSegments(rest);
  const path = `/${segments.join('/')}`;
  const below = (root: string): boolean => {
    const folder = root.replace(/\/+$/, '');
    return folder !== '' && path.startsWith(`${folder}/`);
  };
  // Which roots there are is not the caller's to know.
  if (!policy.allowedRoots.some(below)) refuse('This folder is not one that repositories may be registered from. An operator can allow it (GIT_ALLOWED_ROOTS).');
  const url = `file://${path.split('/').map(encodeURIComponent).join('/')}`;
  return { protocol: 'file', host: '', url, publicUrl: url, credentials: null, slug: slugOf(segments, 'local') };
}

/** `git@host:owner/name.git`: ssh's short form. The user is required, or `javascript:x` would name a host. */
function parseScpLike(text: string, policy: RepoUrlPolicy): RepoUrl {
  const match = /^([A-Za-z0-9_][A-Za-z0-9_.-]*)@(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9][A-Za-z0-9.-]*):(?!:)(.+)$/.exec(text);
  if (!match) refuse('The URL is not understood. Write https://host/owner/name, ssh://git@host/owner/name or git@host:owner/name.');
  const [, user = 'git', authority = '', path = ''] = match;
  const { host } = canonicalHost(authority);
  checkHost(host, policy);
  const segments = checkedSegments(path);
  const shown = host.includes(':') ? `[${host}]` : host;
  const url = `ssh://${user}@${shown}/${segments.map(encodeURIComponent).join('/')}`;
  return { protocol: 'ssh', host, url, publicUrl: url, credentials: null, slug: slugOf(segments, host) };
}

function parseRemote(protocol: 'https' | 'http' | 'ssh' | 'git', rest: string, policy: RepoUrlPolicy): RepoUrl {
  const [, authority = '', path = ''] = /^([^/?#]*)([^?#]*)/.exec(rest) ?? [];
  if (/[?#]/.test(rest)) refuse('The URL of a repository has no query and no fragment.');
  const at = authority.lastIndexOf('@');
  const user = at === -1 ? '' : authority.slice(0, at);
  const { host, port } = canonicalHost(authority.slice(at + 1));
  if (/[^A-Za-z0-9._~%!$&'()*+,;=:-]/.test(user)) refuse('User and password of the URL must be percent-encoded.');
  if (user.startsWith('-') || decodeURIComponent(user.replace(/%(?![0-9A-Fa-f]{2})/g, '%25')).startsWith('-')) {
    refuse('The user of the URL may not begin with "-".');
  }
  checkHost(host, policy);
  const segments = checkedSegments(path);
  const defaultPort = { https: '443', http: '80', ssh: '22', git: '9418' }[protocol];
  const shownHost = `${host.includes(':') ? `[${host}]` : host}${port === '' || port === defaultPort ? '' : `:${port}`}`;
  const tail = `${shownHost}/${segments.map((segment) => encodeURIComponent(segment).replace(/%40/g, '@')).join('/')}`;
  // ssh's user is part of the address ("git@"), no secret; a password is one everywhere, and a token sits in http's user.
  const [name = '', ...password] = user.split(':');
  if (protocol === 'ssh') {
    const login = name === '' ? 'git' : name;
    const credentials = password.length === 0 ? null : user;
    return {
      protocol, host, credentials, slug: slugOf(segments, host),
      url: `ssh://${credentials ?? login}@${tail}`,
      publicUrl: `ssh://${login}@${tail}`,
    };
  }
  const credentials = user === '' ? null : user;
  return {
    protocol, host, credentials, slug: slugOf(segments, host),
    url: `${protocol}://${credentials === null ? '' : `${credentials}@`}${tail}`,
    publicUrl: `${protocol}://${tail}`,
  };
}

/**
 * Reads a repository's URL the way an attacker would write it. What comes back is put together anew from checked
 * parts, so that nothing in it can be read by git as an option, a transport helper (`ext::`) or a path outside the
 * allowed folders. Purely textual: what host names resolve to, and symbolic links, are the fetcher's to check
 * (`isPrivateAddress`).
 * @throws DomainError REPO_URL_INVALID, or HOST_NOT_ALLOWED for hosts on this machine or a private network
 */
export function parseRepoUrl(text: string, policy: RepoUrlPolicy): RepoUrl {
  const trimmed = text.trim();
  if (trimmed.length > MAX_LENGTH) refuse(`The URL is longer than ${MAX_LENGTH} characters.`);
  if (trimmed === '') refuse('The URL is empty.');
  if (trimmed.startsWith('-')) refuse('The URL may not begin with "-".');
  if (/[\p{Cc}\s\\]/u.test(trimmed)) refuse('The URL holds white space, a control character or a backslash.');
  const scheme = /^([A-Za-z][A-Za-z0-9+.-]*):(:|\/\/)(.*)$/s.exec(trimmed);
  if (!scheme) return parseScpLike(trimmed, policy);
  const [, name = '', separator, rest = ''] = scheme;
  const protocol = name.toLowerCase();
  if (separator === '::') refuse('Transport helpers ("name::address") are not allowed.');
  if (!PROTOCOLS.has(protocol)) refuse('The protocol is not one of https, http, ssh, git, file.');
  if (protocol === 'file') return parseFile(rest, policy);
  return parseRemote(protocol as 'https' | 'http' | 'ssh' | 'git', rest, policy);
}
