import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { waitUntilReady } from '../src/readiness/readiness';

let server: Server | undefined;
const close = (): Promise<void> =>
  new Promise((resolve) => {
    if (!server) return resolve();
    server.close(() => resolve());
    server.closeAllConnections();
    server = undefined;
  });
afterEach(close);

/** Waits for an app that answers like this; says what was asked for, in that order. */
async function waited(answer: RequestListener, healthPath: string | null): Promise<{ port: number; listening: number; asked: string[] }> {
  const asked: string[] = [];
  server = createServer((request, response) => {
    if (asked.at(-1) !== request.url) asked.push(request.url ?? '');
    answer(request, response);
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const { port: listening } = server.address() as AddressInfo;
  const port = await waitUntilReady({ host: '127.0.0.1', declared: [listening], healthPath, listening: () => Promise.resolve(null), limitMs: 25_000, signal: new AbortController().signal });
  return { port, listening, asked };
}

describe('an app with a health check', () => {
  jest.setTimeout(40_000);

  it('is up once that succeeds, not before', async () => {
    let times = 0;
    const { port, listening, asked } = await waited((_request, response) => response.writeHead(++times < 4 ? 503 : 204).end(), '/healthz');
    expect([port, asked, times]).toEqual([listening, ['/healthz'], 4]);
  });

  it('is up all the same where the path is wrong, or says "not yet" for ever', async () => {
    for (const status of [404, 503]) {
      const { asked } = await waited((request, response) => response.writeHead(request.url === '/' ? 200 : status).end(), '/wrong');
      expect(asked).toEqual(['/wrong', '/']);
      await close();
    }
  });

  it('is asked at "/" where it names no path that can be asked for, and any answer will do there', async () => {
    for (const path of [null, 'no path', '/a\r\nb: c']) {
      const { asked } = await waited((_request, response) => response.writeHead(500).end(), path);
      expect(asked).toEqual(['/']);
      await close();
    }
  });
});
