import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { Readiness, type ServiceStatus } from '@osiris/contracts';

export interface Probe {
  status: ServiceStatus;
  /** What is amiss; empty where nothing is. */
  message: string;
  /** Until the whole answer was there; null where none came. */
  latencyMs: number | null;
}

const MAX_BYTES = 64 * 1024;

/** node:http alone: `fetch` would cost the process ten megabytes for one small GET. */
function get(url: string, timeoutMs: number): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const send = url.startsWith('https:') ? requestHttps : requestHttp;
    const request = send(url, { headers: { accept: 'application/json' }, agent: false }, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        body += chunk;
        if (body.length > MAX_BYTES) request.destroy(new Error('answers with too much'));
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
      response.on('error', reject);
    });
    // Of the whole exchange: a service that dribbles its answer is not healthy.
    const timer = setTimeout(() => request.destroy(new Error(`no answer in ${timeoutMs} ms`)), timeoutMs);
    request.on('close', () => clearTimeout(timer));
    request.on('error', reject);
    request.end();
  });
}

export function judge(status: number, body: string): Pick<Probe, 'status' | 'message'> {
  let readiness: Readiness;
  try {
    readiness = Readiness.parse(JSON.parse(body));
  } catch {
    return status === 200 ? { status: 'healthy', message: '' } : { status: 'degraded', message: `/readyz answers ${status}` };
  }
  const amiss = Object.entries(readiness.dependencies).filter(([, { status: state, warning }]) => state !== 'up' || warning !== undefined);
  const message = amiss.map(([name, { status: state, message: why, warning }]) => `${name}: ${warning ?? why ?? state}`).join('; ');
  return { status: readiness.status === 'ready' ? 'healthy' : 'degraded', message };
}

/** Asks a service's `/readyz`: healthy; degraded where it answers that something is missing; else unreachable. */
export async function probeReadiness(baseUrl: string, timeoutMs: number): Promise<Probe> {
  const begun = performance.now();
  try {
    const { status, body } = await get(`${baseUrl.replace(/\/$/, '')}/readyz`, timeoutMs);
    return { ...judge(status, body), latencyMs: Math.round(performance.now() - begun) };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return { status: 'unreachable', message: code === 'ECONNREFUSED' ? 'nobody listens there' : message, latencyMs: null };
  }
}
