import { createServer, type Server } from 'node:http';
import { metricsRegistry } from '../metrics';
import type { Health } from './health';

export interface HealthAnswer {
  status: number;
  contentType: string;
  body: string;
}

const JSON_TYPE = 'application/json; charset=utf-8';

/** Answers `/healthz`, `/readyz` and `/metrics`; undefined for any other path. */
export async function answerHealth(path: string, service: string, health: Health): Promise<HealthAnswer | undefined> {
  switch (path) {
    case '/healthz':
      return { status: 200, contentType: JSON_TYPE, body: JSON.stringify({ status: 'alive', service }) };
    case '/readyz': {
      const readiness = await health.readiness(service);
      return { status: readiness.status === 'unready' ? 503 : 200, contentType: JSON_TYPE, body: JSON.stringify(readiness) };
    }
    case '/metrics':
      return { status: 200, contentType: metricsRegistry.contentType, body: await metricsRegistry.metrics() };
    default:
      return undefined;
  }
}

/** A listener for nothing but health, for services that have no HTTP of their own. */
export async function startHealthServer(service: string, health: Health, host: string, port: number): Promise<Server> {
  const server = createServer((request, response) => {
    const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
    answerHealth(path, service, health).then(
      (answer) => {
        response.writeHead(answer?.status ?? 404, { 'content-type': answer?.contentType ?? JSON_TYPE });
        response.end(answer?.body ?? '{"status":404,"title":"There is no such thing"}');
      },
      () => response.writeHead(500).end(),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return server;
}
