/** Which IP addresses belong to this machine or a private network: what a hub must not be talked into fetching from. */

/** The four octets of dotted IPv4, or null. Only the canonical form: other spellings are normalised before. */
function octetsOf(address: string): [number, number, number, number] | null {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(address);
  if (!match) return null;
  const octets = match.slice(1).map(Number);
  return octets.every((octet) => octet <= 255) ? (octets as [number, number, number, number]) : null;
}

function isPrivateV4([a, b, c]: [number, number, number, number]): boolean {
  return (
    a === 0 || // "this network": 0.0.0.0 reaches loopback on Linux
    a === 10 ||
    a === 127 ||
    (a === 100 && b >= 64 && b <= 127) || // carrier-grade NAT (RFC 6598)
    (a === 169 && b === 254) || // link-local, cloud metadata
    (a === 172 && b >= 16 && b <= 31) ||
    (a === 192 && b === 168) ||
    (a === 192 && b === 0 && (c === 0 || c === 2)) ||
    (a === 198 && (b === 18 || b === 19 || (b === 51 && c === 100))) ||
    (a === 203 && b === 0 && c === 113) ||
    a >= 224 // multicast, reserved, broadcast
  );
}

/** The eight groups of an IPv6 address, or null where it is none. A trailing dotted IPv4 and a zone are understood. */
function groupsOf(address: string): number[] | null {
  let text = address.replace(/%.*$/, '').toLowerCase();
  const embedded = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text);
  if (embedded) {
    const octets = octetsOf(embedded[2] ?? '');
    if (!octets) return null;
    text = `${embedded[1]}${((octets[0] << 8) | octets[1]).toString(16)}:${((octets[2] << 8) | octets[3]).toString(16)}`;
  }
  const halves = text.split('::');
  if (halves.length > 2) return null;
  const parse = (half: string): string[] => (half === '' ? [] : half.split(':'));
  const head = parse(halves[0] ?? '');
  const tail = parse(halves[1] ?? '');
  const missing = 8 - head.length - tail.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return null;
  const groups = [...head, ...Array<string>(halves.length === 1 ? 0 : missing).fill('0'), ...tail];
  if (!groups.every((group) => /^[0-9a-f]{1,4}$/.test(group))) return null;
  return groups.map((group) => parseInt(group, 16));
}

const v4Within = (high: number, low: number): [number, number, number, number] => [high >> 8, high & 255, low >> 8, low & 255];

function isPrivateV6(groups: readonly number[]): boolean {
  const [g0 = 0, g1 = 0, g2 = 0, g3 = 0, g4 = 0, g5 = 0, g6 = 0, g7 = 0] = groups;
  const zeroUpTo5 = g0 === 0 && g1 === 0 && g2 === 0 && g3 === 0 && g4 === 0;
  if (zeroUpTo5 && (g5 === 0 || g5 === 0xffff)) return g5 === 0 || isPrivateV4(v4Within(g6, g7)); // ::, ::1, mapped
  if (g0 === 0x64 && g1 === 0xff9b) return isPrivateV4(v4Within(g6, g7)) || g2 !== 0; // NAT64 (RFC 6052, RFC 8215)
  if (g0 === 0x2002) return isPrivateV4(v4Within(g1, g2)); // 6to4
  if (g0 === 0x2001 && g1 === 0xdb8) return true; // documentation
  if (g0 === 0x2001 && g1 === 0) return true; // Teredo tunnels to anywhere
  return (g0 & 0xfe00) === 0xfc00 || (g0 & 0xffc0) === 0xfe80 || (g0 & 0xffc0) === 0xfec0 || (g0 & 0xff00) === 0xff00;
}

/** True where the text is an IP address at all (IPv4 dotted, or IPv6 without brackets). */
export function isIpAddress(address: string): boolean {
  return octetsOf(address) !== null || groupsOf(address) !== null;
}

/**
 * True for loopback, private, link-local, multicast and other addresses that are not of the public internet, IPv4 within
 * IPv6 included. False for what is not an IP address. Ask it of each address a host name resolved to, too: a public
 * name may point at a private address.
 */
export function isPrivateAddress(address: string): boolean {
  const octets = octetsOf(address);
  if (octets) return isPrivateV4(octets);
  const groups = groupsOf(address);
  return groups !== null && isPrivateV6(groups);
}

/** True for host names that mean this machine or a private network by convention, and for private addresses. */
export function isPrivateHost(host: string): boolean {
  const name = host.toLowerCase().replace(/^\[|\]$/g, '').replace(/\.$/, '');
  if (isPrivateAddress(name)) return true;
  if (isIpAddress(name)) return false;
  return name === 'localhost' || /\.(localhost|local|internal|intranet|lan|home|corp|private|home\.arpa)$/.test(name);
}
