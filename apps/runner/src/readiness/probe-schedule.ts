/** Most apps answer within two seconds, and somebody waits for each of these milliseconds. */
const EAGER_FOR_MS = 2_000;
const EAGER_MS = 15;
const PATIENT_MS = 250;

/** Milliseconds between two probes of a port, by how long the app has been running. */
export const probeDelayMs = (elapsedMs: number): number => (elapsedMs < EAGER_FOR_MS ? EAGER_MS : PATIENT_MS);

/** A port that nobody has named waits this long for one that was named to come up (its sidecar's may be earlier). */
const FOUND_PORT_GRACE_MS = 2_000;
/** Longer where a named port does listen: it is only slow to answer. */
const FOUND_PORT_GRACE_WHILE_NAMED_LISTENS_MS = 10_000;
/** A named port that is bound to the loopback will not move; another one there may belong to a part of the app. */
const NAMED_LOOPBACK_GRACE_MS = 3_000;
const OTHER_LOOPBACK_GRACE_MS = 15_000;

export interface SeenPort {
  port: number;
  reach: 'any' | 'loopback';
  /** How long it has been seen listening, in milliseconds. */
  forMs: number;
}

/** Found ports that are worth a knock by now. */
export function portsToTry(seen: readonly SeenPort[], named: readonly number[]): number[] {
  const namedListens = seen.some(({ port, reach }) => reach === 'any' && named.includes(port));
  const graceMs = named.length === 0 ? 0 : namedListens ? FOUND_PORT_GRACE_WHILE_NAMED_LISTENS_MS : FOUND_PORT_GRACE_MS;
  return seen.filter(({ port, reach, forMs }) => reach === 'any' && !named.includes(port) && forMs >= graceMs).map(({ port }) => port);
}

/** The loopback port that says the app will never be reachable; undefined while there is hope. */
export function hopelessLoopbackPort(seen: readonly SeenPort[], named: readonly number[]): number | undefined {
  if (seen.some(({ reach }) => reach === 'any')) return undefined;
  return seen.find(({ port, forMs }) => forMs >= (named.includes(port) ? NAMED_LOOPBACK_GRACE_MS : OTHER_LOOPBACK_GRACE_MS))?.port;
}
