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

/** An app that says "not yet" (503) where its health check asks is waited for this long; it may be right to. */
const UNWELL_GRACE_MS = 10_000;
/** One that has no such path is more likely wrong about it than not up. */
const NO_SUCH_PATH_GRACE_MS = 2_000;

/**
 * How long the app's own health check is believed that says it is not well, in milliseconds since it first said so. After
 * that any answer of "/" will do: a wrong HEALTHCHECK must not keep an app from running.
 * @param status of the health check's last answer; null where it gave none, for which it was waited long already
 */
export function healthGraceMs(status: number | null): number {
  if (status === null) return 0;
  return status >= 500 ? UNWELL_GRACE_MS : NO_SUCH_PATH_GRACE_MS;
}

/** What a health check says of an app that is well: redirects, too (to a login, to https). */
export const saysWell = (status: number | null): boolean => status !== null && status >= 200 && status < 400;

/** A path that can be asked for as it is; null for what is none, whoever wrote it. */
export function usablePath(path: string | null | undefined): string | null {
  return typeof path === 'string' && /^\/(?!\/)[!-~]{0,1023}$/.test(path) ? path : null;
}
