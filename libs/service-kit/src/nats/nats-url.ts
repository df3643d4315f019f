import type { ConnectionOptions } from 'nats';

const ADDRESS = /^([a-z]+:\/\/)?(?:([^:@/]*)(?::([^@/]*))?@)?([^@]+)$/i;

/** Whether {@link parseNatsUrl} can read it. */
export function isNatsUrl(url: string): boolean {
  try {
    parseNatsUrl(url);
    return true;
  } catch {
    return false;
  }
}

/**
 * Takes the credentials out of NATS addresses: the client does not, and it names its servers in messages that are
 * logged, where no password may stand.
 * @param url `nats://[user:password@]host:port` or `nats://token@host:port`, comma-separated for a cluster; credentials
 *   are percent-encoded, and the first address that has some gives them for all.
 * @throws where an address cannot be read; the message does not repeat it.
 */
export function parseNatsUrl(url: string): Pick<ConnectionOptions, 'servers' | 'user' | 'pass' | 'token'> {
  const addresses = url.split(',').map((address, index) => {
    const parts = ADDRESS.exec(address.trim());
    if (!parts) throw new Error(`NATS_URL: address ${index + 1} is not nats://[user:password@]host:port`);
    const [, scheme = '', user, password, host = ''] = parts;
    return { server: `${scheme}${host}`, user, password };
  });
  const servers = addresses.map(({ server }) => server);
  const credentials = addresses.find(({ user }) => user !== undefined && user !== '');
  if (!credentials?.user) return { servers };
  const user = decodeURIComponent(credentials.user);
  return credentials.password === undefined ? { servers, token: user } : { servers, user, pass: decodeURIComponent(credentials.password) };
}
