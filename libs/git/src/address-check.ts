import { lookup } from 'node:dns/promises';
import { realpath } from 'node:fs/promises';
import { isIP } from 'node:net';
import { sep } from 'node:path';
import { DomainError, isPrivateAddress } from '@osiris/contracts';
import type { RepoLocation } from './repo-location';

/**
 * The addresses git may connect to. The caller pins git to them, so that a name that resolves differently a
 * moment later gains nothing.
 * @throws DomainError HOST_NOT_ALLOWED where one of them is private, REPO_UNREACHABLE where the name has none
 */
export async function allowedAddresses(location: RepoLocation, allowPrivateHosts: boolean): Promise<string[]> {
  if (location.protocol === 'file') return [];
  const addresses = isIP(location.host)
    ? [location.host]
    : await lookup(location.host, { all: true }).then(
        (found) => found.map(({ address }) => address),
        (error: unknown) => {
          throw new DomainError('REPO_UNREACHABLE', `The host ${location.host} cannot be found`, { cause: error });
        },
      );
  if (!allowPrivateHosts && addresses.some(isPrivateAddress)) {
    throw new DomainError('HOST_NOT_ALLOWED', `${location.host} is inside this network: repositories there may not be fetched`);
  }
  return addresses;
}

/** The real path behind a file URL. @throws DomainError HOST_NOT_ALLOWED where it is below none of the roots */
export async function allowedPath(path: string, allowedRoots: readonly string[]): Promise<string> {
  const refused = new DomainError('HOST_NOT_ALLOWED', 'Repositories in folders of the hub itself may not be fetched');
  // Below a root as written first, so that what exists elsewhere on the host cannot be probed.
  const real = await realpath(path).catch(() => path);
  for (const root of allowedRoots) {
    const realRoot = await realpath(root).catch(() => root);
    if (real.startsWith(realRoot.endsWith(sep) ? realRoot : realRoot + sep)) return real;
  }
  throw refused;
}
