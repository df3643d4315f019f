import type { IncomingMessage } from 'node:http';
import { isLoopback } from '../security/hosts';
import { confinedSetCookie, withoutPreviewCookie } from './preview-cookies';

/** Name, value, name, value, …, as node:http gives and takes them: order, casing and repetitions survive. */
export type RawHeaders = string[];

/** RFC 9110, 7.6.1: these belong to one connection. `expect` has been answered by the listener already. */
const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'proxy-authenticate',
  'proxy-authorization',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'expect',
]);
/**
 * What an answer may not say. `x-frame-options`: the watch page shows the app in a frame of another origin, which many
 * frameworks forbid by default. `clear-site-data`: cookies are cleared for the whole registrable domain, which all previews
 * share. `alt-svc`: would send the browser past this proxy.
 */
const NOT_FOR_BROWSERS = new Set(['x-frame-options', 'clear-site-data', 'alt-svc']);
const FORWARDED = new Set(['x-forwarded-for', 'x-forwarded-proto', 'x-forwarded-host']);

/** Hop-by-hop by definition, or because the Connection header says so. */
function dropped(connection: string | undefined): ReadonlySet<string> {
  // Said by nearly all, and nothing further.
  if (connection === undefined || connection === 'keep-alive' || connection === 'close') return HOP_BY_HOP;
  const named = connection.split(',').map((name) => name.trim().toLowerCase()).filter((name) => name !== '');
  return named.length === 0 ? HOP_BY_HOP : new Set([...HOP_BY_HOP, ...named]);
}

/** What the app gets to see of a request's headers. */
export function requestHeaders(request: IncomingMessage): RawHeaders {
  const drop = dropped(request.headers.connection);
  const peer = request.socket.remoteAddress ?? '';
  // Only a proxy on this machine may say who the client was; anybody else's word is dropped.
  const trusted = isLoopback(peer);
  const headers: RawHeaders = [];
  const raw = request.rawHeaders;
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const name = raw[index] ?? '';
    const value = raw[index + 1] ?? '';
    const lower = name.toLowerCase();
    if (drop.has(lower) || FORWARDED.has(lower)) continue;
    if (lower !== 'cookie') headers.push(name, value);
    else {
      const left = withoutPreviewCookie(value);
      if (left !== null) headers.push(name, left);
    }
  }
  if (request.headers['transfer-encoding'] !== undefined) headers.push('Transfer-Encoding', 'chunked');
  const before = trusted ? request.headers['x-forwarded-for'] : undefined;
  const proto = trusted ? request.headers['x-forwarded-proto'] : undefined;
  headers.push('X-Forwarded-For', before ? `${String(before)}, ${peer}` : peer);
  headers.push('X-Forwarded-Proto', proto ? String(proto) : 'http');
  headers.push('X-Forwarded-Host', request.headers.host ?? '');
  return headers;
}

/** What the browser gets to see of the app's headers. @param host of the preview, without a port */
export function responseHeaders(response: IncomingMessage, host: string): RawHeaders {
  const drop = dropped(response.headers.connection);
  const headers: RawHeaders = [];
  const raw = response.rawHeaders;
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const name = raw[index] ?? '';
    const value = raw[index + 1] ?? '';
    const lower = name.toLowerCase();
    if (drop.has(lower) || NOT_FOR_BROWSERS.has(lower)) continue;
    if (lower === 'content-security-policy') {
      const policy = framable(value);
      if (policy !== '') headers.push(name, policy);
    } else if (lower === 'set-cookie') {
      const cookie = confinedSetCookie(value, host);
      if (cookie !== null) headers.push(name, cookie);
    } else headers.push(name, value);
  }
  headers.push('X-Robots-Tag', 'noindex');
  return headers;
}

function framable(policy: string): string {
  return policy.split(';').filter((directive) => !/^\s*frame-ancestors(\s|$)/i.test(directive)).join(';').trim();
}
