import { request } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import { buffer } from 'node:stream/consumers';

export interface BytesAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/**
 * Fetches an address as whoever was handed it would, on a connection of its own: with no header but `Host` and those
 * given, so without credentials and cookies. The bytes are those of the wire: nothing is decoded.
 */
export function fetchBytes(url: URL, options: { method?: string; headers?: Record<string, string> } = {}): Promise<BytesAnswer> {
  // Node does not resolve *.localhost: the host is named in a header.
  const host = url.hostname.endsWith('localhost') ? '127.0.0.1' : url.hostname;
  return new Promise((resolve, reject) => {
    const outgoing = request(
      { host, port: url.port, path: url.pathname + url.search, method: options.method ?? 'GET', agent: false, timeout: 30_000, headers: { host: url.host, ...options.headers } },
      (response) => {
        buffer(response).then((body) => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }), reject);
      },
    );
    outgoing.on('timeout', () => outgoing.destroy(new Error(`${url.pathname}: no answer within 30 s`)));
    outgoing.on('error', reject);
    outgoing.end();
  });
}
