import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { DomainError } from '@osiris/contracts';
import type { RepoLocation } from './repo-location';

const INFO_REFS = '/info/refs';

/** Says to `dns.lookup`'s callers what was resolved and checked before. */
function pinnedTo(addresses: readonly string[]): LookupFunction {
  const found = addresses.map((address) => ({ address, family: isIP(address) }));
  return (_hostname, options, callback) => {
    if (options.all) callback(null, found);
    else callback(null, found[0]?.address ?? '', found[0]?.family);
  };
}

/** The `Location` a server answers git's first question with; null where it does not redirect. */
function askForLocation(location: RepoLocation, addresses: readonly string[], signal: AbortSignal): Promise<URL | null> {
  const url = new URL(`${location.url.replace(/\/+$/, '')}${INFO_REFS}?service=git-upload-pack`);
  const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    // Servers that move repositories say so to git alone.
    const request = send(url, { headers: { 'user-agent': 'git/2 (osiris)', accept: '*/*' }, lookup: pinnedTo(addresses), signal, agent: false }, (response) => {
      const { location: target } = response.headers;
      response.destroy();
      try {
        resolve(target === undefined ? null : new URL(target, url));
      } catch {
        resolve(null);
      }
    });
    request.on('error', reject).end();
  });
}

/**
 * Where a repository has moved to, one step further. Git itself follows no redirect here, because it would not ask
 * whether the new host is allowed: the caller does, with what this returns. Credentials are not taken along.
 * @throws DomainError REPO_AUTH_REQUIRED where it leads to a login page, REPO_UNREACHABLE where it leads nowhere
 */
export async function movedTo(location: RepoLocation, addresses: readonly string[], signal: AbortSignal): Promise<string> {
  const target = await askForLocation(location, addresses, signal);
  if (target === null) throw new DomainError('REPO_UNREACHABLE', `${location.host} answers with a redirect to nowhere`);
  if (/login|sign_?in|auth/i.test(target.pathname)) throw new DomainError('REPO_AUTH_REQUIRED', `${location.host} asks for a login: the repository is private, or it does not exist`);
  const secure = target.protocol === 'https:' || (target.protocol === 'http:' && location.protocol === 'http');
  if (!secure || !target.pathname.endsWith(INFO_REFS)) {
    throw new DomainError('REPO_UNREACHABLE', `${location.host} redirects to something that is not a repository, or not as safe`);
  }
  return `${target.protocol}//${target.host}${target.pathname.slice(0, -INFO_REFS.length)}`;
}
