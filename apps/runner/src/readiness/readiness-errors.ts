import { DomainError } from '@osiris/contracts';
import type { ProbeOutcome } from './http-probe';
import type { SeenPort } from './probe-schedule';

const BIND = 'Make it bind 0.0.0.0.';
const MANY = 10;

/** What was found out about an app that gave no answer. */
export interface Silence {
  /** Ports that somebody has named. */
  declared: readonly number[];
  limitMs: number;
  /** What became of knocking, by port. */
  outcomes: ReadonlyMap<number, ProbeOutcome>;
  /** What listened in the container at last; null where that could not be seen. */
  seen: readonly Pick<SeenPort, 'port' | 'reach'>[] | null;
}

/** It will never be reached, however long anybody waits: what it listens on is its own loopback. */
export function onLoopbackOnly(seen: readonly Pick<SeenPort, 'port' | 'reach'>[]): DomainError {
  const ports = portList(seen.map(({ port }) => port));
  return new DomainError('APP_NOT_LISTENING', `The app listens on ${ports} of 127.0.0.1 only, where nothing outside of its container reaches it. ${BIND}`);
}

/** Its time is up. */
export function neverReady({ declared, limitMs, outcomes, seen }: Silence): DomainError {
  const reachable = (seen ?? []).filter(({ reach }) => reach === 'any');
  const loopback = (seen ?? []).filter(({ reach }) => reach === 'loopback');
  if (loopback.length > 0 && reachable.length === 0) return onLoopbackOnly(loopback);
  const within = `within ${Math.round(limitMs / 1000)} s`;
  const open = [...outcomes].find(([, outcome]) => outcome === 'silent' || outcome === 'garbled');
  if (open) {
    const [port, outcome] = open;
    const what = outcome === 'silent' ? 'takes connections but gave no HTTP answer' : 'answers, but not in HTTP';
    const others = [...reachable, ...loopback].filter((other) => other.port !== port);
    return new DomainError('START_TIMEOUT', `Port ${port} ${what} ${within}.${others.length > 0 ? ` ${openPorts(others)}` : ''}`);
  }
  const where = declared.length > 0 ? portList(declared) : 'any port';
  const found = seen === null ? '' : ` ${openPorts(seen)}`;
  return new DomainError('APP_NOT_LISTENING', `The app did not listen on ${where} ${within}.${found} It should listen on 0.0.0.0, on the port in the variable PORT or the one it EXPOSEs.`);
}

function openPorts(seen: readonly Pick<SeenPort, 'port' | 'reach'>[]): string {
  const any = seen.filter(({ reach }) => reach === 'any').map(({ port }) => port);
  const loopback = seen.filter(({ reach }) => reach === 'loopback').map(({ port }) => port);
  const parts = [...(any.length > 0 ? [portList(any)] : []), ...(loopback.length > 0 ? [`${portList(loopback)} on 127.0.0.1 only`] : [])];
  return parts.length === 0 ? 'No port was open in its container.' : `Open in its container: ${parts.join('; ')}.`;
}

function portList(ports: readonly number[]): string {
  const sorted = [...new Set(ports)].sort((a, b) => a - b);
  const shown = sorted.slice(0, MANY).join(', ');
  return `port${sorted.length > 1 ? 's' : ''} ${shown}${sorted.length > MANY ? ` and ${sorted.length - MANY} more` : ''}`;
}
