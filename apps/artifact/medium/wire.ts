import { type IncomingHttpHeaders, request } from 'node:http';
import { buffer } from 'node:stream/consumers';

export interface WireAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** What goes over the wire, the path unchanged: fetch would normalize it, ask for gzip by itself and decode that. */
export function wire(url: string, options: { method?: string; headers?: Record<string, string>; path?: string } = {}): Promise<WireAnswer> {
  const { hostname, port, pathname, search } = new URL(url);
  const { method = 'GET', headers = {}, path = pathname + search } = options;
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, path, method, headers, agent: false }, (response) => {
      buffer(response).then((body) => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }), reject);
    });
    sent.once('error', reject).end();
  });
}
