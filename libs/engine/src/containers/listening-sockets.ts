import { readFile } from 'node:fs/promises';

/** A TCP port that something listens on in a network namespace. */
export interface ListeningSocket {
  port: number;
  /** `loopback`: 127.0.0.0/8 or ::1 only, so that nobody outside of the namespace reaches it. */
  reach: 'any' | 'loopback';
}

/** State TCP_LISTEN of /proc/net/tcp (include/net/tcp_states.h). */
const LISTEN = '0A';
/** Where the engine's own name server listens inside of each container on a network of its own. */
const ENGINE_DNS = '0B00007F';

/**
 * Listening sockets in the text of `/proc/<pid>/net/tcp` or `tcp6`. Addresses there are hexadecimal 32-bit words in host
 * byte order (proc(5)); little-endian machines are assumed, as every one the hub runs on is.
 */
export function parseListeningSockets(procNetTcp: string): ListeningSocket[] {
  const sockets: ListeningSocket[] = [];
  for (const line of procNetTcp.split('\n').slice(1)) {
    const [, local, , state] = line.trim().split(/\s+/);
    if (local === undefined || state !== LISTEN) continue;
    const [address = '', portHex = ''] = local.split(':');
    if (address === ENGINE_DNS) continue;
    const port = Number.parseInt(portHex, 16);
    if (port > 0) sockets.push({ port, reach: isLoopback(address) ? 'loopback' : 'any' });
  }
  return sockets;
}

function isLoopback(address: string): boolean {
  if (address.length === 8) return address.endsWith('7F');
  const ipv6Loopback = '00000000000000000000000001000000';
  const mappedPrefix = '0000000000000000FFFF0000';
  return address === ipv6Loopback || (address.startsWith(mappedPrefix) && address.endsWith('7F'));
}

/**
 * What listens in a container, by the id of one of its processes on this host; a port bound both ways counts as `any`.
 * Null where that cannot be seen from here: another host's engine, a virtual machine between, or no right to look.
 */
export async function listeningSockets(containerId: string, pid: number): Promise<ListeningSocket[] | null> {
  try {
    // An engine elsewhere gives ids of its own host: the control group says whether this process is the container's.
    const cgroup = await readFile(`/proc/${pid}/cgroup`, 'utf8');
    if (!cgroup.includes(containerId)) return null;
    const [tcp, tcp6] = await Promise.all([
      readFile(`/proc/${pid}/net/tcp`, 'utf8'),
      readFile(`/proc/${pid}/net/tcp6`, 'utf8').catch(() => ''),
    ]);
    const byPort = new Map<number, ListeningSocket>();
    for (const socket of [...parseListeningSockets(tcp), ...parseListeningSockets(tcp6)]) {
      if (byPort.get(socket.port)?.reach !== 'any') byPort.set(socket.port, socket);
    }
    return [...byPort.values()].sort((a, b) => a.port - b.port);
  } catch {
    return null;
  }
}
