import { Agent, request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';

/** How long to wait between two tries of something that is not there yet: the error of what is measured. */
export const pollMs = 5;

/** One client for the hub and for its peer, so that neither is measured with a better one. */
const agent = new Agent({ keepAlive: true, maxSockets: 4 });

/**
 * @typedef {{ status: number, headers: import('node:http').IncomingHttpHeaders, text: string }} Answer
 * @param {number} port of 127.0.0.1
 * @param {string} path
 * @param {{ method?: string, headers?: Record<string, string>, body?: object, keepAlive?: boolean }} [options]
 * @returns {Promise<Answer>} rejects where nothing answers
 */
export function ask(port, path, options = {}) {
  const body = options.body ? JSON.stringify(options.body) : undefined;
  return new Promise((done, failed) => {
    const outgoing = request(
      {
        host: '127.0.0.1',
        port,
        path,
        method: options.method ?? 'GET',
        agent: options.keepAlive === false ? false : agent,
        timeout: 10_000,
        headers: { ...options.headers, ...(body ? { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)) } : {}) },
      },
      (incoming) => {
        let text = '';
        incoming.setEncoding('utf8');
        incoming.on('data', (chunk) => (text += chunk));
        incoming.on('end', () => done({ status: incoming.statusCode ?? 0, headers: incoming.headers, text }));
        incoming.on('error', failed);
      },
    );
    outgoing.on('timeout', () => outgoing.destroy(new Error(`no answer at ${path}`)));
    outgoing.on('error', failed);
    outgoing.end(body);
  });
}

/**
 * Tries until there is a value.
 * @template T
 * @param {() => Promise<T | undefined>} attempt
 * @param {{ what: string, limitMs: number, everyMs?: number }} options
 * @returns {Promise<T>}
 */
export async function until(attempt, { what, limitMs, everyMs = pollMs }) {
  for (const end = performance.now() + limitMs; ; await pause(everyMs)) {
    const value = await attempt();
    if (value !== undefined) return value;
    if (performance.now() > end) throw new Error(`${what}: not within ${limitMs / 1000} s`);
  }
}
