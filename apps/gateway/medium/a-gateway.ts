import type { RunningService } from '@osiris/service-kit';
import { freePort, startNats, type TestNats } from '@osiris/testing';
import { request, type IncomingHttpHeaders, type RequestOptions } from 'node:http';
import { gatewayEnv } from '../src/env';
import { startGateway } from '../src/start-gateway';
import { FakeCatalog } from './fake-catalog';

/** A gateway on a real NATS, with the catalog faked. */
export interface TestGateway {
  port: number;
  url: string;
  nats: TestNats;
  catalog: FakeCatalog;
  service: RunningService;
  stop(): Promise<void>;
}

export async function startTestGateway(env: Record<string, string> = {}): Promise<TestGateway> {
  const nats = await startNats();
  const catalog = await FakeCatalog.start(nats.url);
  const port = await freePort();
  const parsed = gatewayEnv.parse({
    NATS_URL: nats.url,
    PORT: String(port),
    SIGNING_KEYS: 'a-signing-key-of-the-tests-32-long',
    LOG_LEVEL: 'fatal',
    LOG_PRETTY: 'off',
    ...env,
  });
  const service = await startGateway(parsed, { signals: false });
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    nats,
    catalog,
    service,
    stop: async () => {
      await service.close();
      await catalog.stop();
      await nats.stop();
    },
  };
}

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

/** A plain request by node:http, which sends any Host header as it is told (fetch does not). */
export function ask(port: number, path: string, { body, ...options }: RequestOptions & { body?: string | Buffer } = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = request({ host: '127.0.0.1', port, path, agent: false, ...options }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('error', reject);
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text: Buffer.concat(parts).toString() }));
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

export async function eventually<T>(look: () => T | undefined | false, what: string, ms = 10_000): Promise<T> {
  const deadline = Date.now() + ms;
  for (;;) {
    const found = look();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > deadline) throw new Error(`Not in ${ms} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 15));
  }
}
