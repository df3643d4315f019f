import { isIP } from 'node:net';

/** The name in a Host header, lower case, without port and IPv6 brackets; null where there is none or it is odd. */
export function hostName(header: string | undefined): string | null {
  const match = /^(?:\[([0-9a-f:.]+)\]|([a-z0-9_.-]+))(?::\d{1,5})?$/i.exec(header ?? '');
  const name = match?.[1] ?? match?.[2];
  return name ? name.toLowerCase().replace(/\.$/, '') : null;
}

export interface HostPolicy {
  /** Names that are the hub's own. */
  names: ReadonlySet<string>;
}

export function hostPolicy(env: { HOST: string; PUBLIC_HOST: readonly string[]; PUBLIC_URL?: string | undefined }): HostPolicy {
  const names = ['localhost', env.HOST, ...env.PUBLIC_HOST];
  if (env.PUBLIC_URL) names.push(new URL(env.PUBLIC_URL).hostname);
  return { names: new Set(names.map((name) => name.toLowerCase())) };
}

/**
 * Whether a Host header names this hub. A foreign name means that somebody's page had its own name resolve to this
 * machine (DNS rebinding); an address cannot be rebound, so every one is good.
 */
export function isOwnHost(policy: HostPolicy, header: string | undefined): boolean {
  const name = hostName(header);
  return name !== null && (policy.names.has(name) || isIP(name) !== 0);
}

/** Whether an Origin header is the origin that the request was sent to; only browsers send one. */
export function isOwnOrigin(origin: string | undefined, host: string | undefined): boolean {
  if (origin === undefined) return true;
  try {
    return new URL(origin).host === new URL(`http://${host ?? ''}`).host || new URL(origin).host === new URL(`https://${host ?? ''}`).host;
  } catch {
    return false;
  }
}

/** 127.0.0.0/8, ::1 and the former mapped into IPv6. */
export function isLoopback(address: string | undefined): boolean {
  return address !== undefined && (address === '::1' || /^(::ffff:)?127\./i.test(address));
}
