import type Docker from 'dockerode';

export interface EngineRequest {
  method: 'GET' | 'POST';
  /** Begins with "/", without a query. */
  path: string;
  query?: Record<string, string>;
  /** For the registry that the engine asks in turn. */
  credentials?: { username: string; password: string };
  signal: AbortSignal;
}

interface Modem {
  dial(options: object, callback: (error: unknown, answer: unknown) => void): void;
}

/** For the calls that dockerode has only without their parameters, or without a way to end them. @throws what dockerode throws */
export function engineRequest(docker: Docker, { method, path, query = {}, credentials, signal }: EngineRequest): Promise<unknown> {
  return new Promise((resolve, reject) => {
    // The modem writes a query only behind a "?", and deletes from the options what it knows.
    const options = { method, path: `${path}?`, options: { ...query }, authconfig: credentials, abortSignal: signal, statusCodes: { 200: true } };
    (docker.modem as Modem).dial(options, (error, answer) => {
      if (error) reject(error instanceof Error ? error : new Error('The engine refused', { cause: error }));
      else resolve(answer);
    });
  });
}
