import { get } from 'node:http';

/**
 * - `answered`: an HTTP answer of any status.
 * - `closed`: nothing listens there, or nobody can be reached.
 * - `silent`: the connection was accepted, no answer came.
 * - `garbled`: something came that is not HTTP.
 */
export type ProbeOutcome = 'answered' | 'closed' | 'silent' | 'garbled';

export interface Probe {
  outcome: ProbeOutcome;
  /** Of an HTTP answer. */
  status: number | null;
}

const CONNECT_TIMEOUT_MS = 1_000;
/** Some apps compile their first page when it is asked for. */
const ANSWER_TIMEOUT_MS = 10_000;

/** Asks for the path once. Never throws. @param path begins with "/", in printable ASCII without spaces */
export function probeHttp(host: string, port: number, path: string, signal: AbortSignal): Promise<Probe> {
  return new Promise((resolve) => {
    let connected = false;
    const request = get({
      host,
      port,
      path,
      agent: false,
      signal,
      headers: { host: `localhost:${port}`, accept: '*/*', 'user-agent': 'osiris-apphub-readiness', connection: 'close' },
    });
    const timer = { current: setTimeout(() => done('closed'), CONNECT_TIMEOUT_MS) };
    const done = (outcome: ProbeOutcome, status: number | null = null): void => {
      clearTimeout(timer.current);
      resolve({ outcome, status });
      request.destroy();
    };
    request.on('socket', (socket) =>
      socket.once('connect', () => {
        connected = true;
        clearTimeout(timer.current);
        timer.current = setTimeout(() => done('silent'), ANSWER_TIMEOUT_MS);
      }),
    );
    request.on('response', ({ statusCode }) => done('answered', statusCode ?? null));
    request.on('upgrade', ({ statusCode }) => done('answered', statusCode ?? null));
    request.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code?.startsWith('HPE_')) done('garbled');
      else done(connected ? 'silent' : 'closed');
    });
  });
}
