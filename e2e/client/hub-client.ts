import { request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { App, Build, Launch } from '@osiris/contracts';

export interface Answer<T = unknown> {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
  /** The parsed body where it is JSON. */
  body: T;
}

export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: string;
  traceId: string;
  errors?: { path: string; message: string }[];
}

export interface SendOptions {
  /** Sent as JSON. */
  json?: unknown;
  /** Sent as it is. */
  raw?: string;
  headers?: Record<string, string>;
}

/**
 * Talks to a hub over HTTP as any client would. It dials 127.0.0.1 and names the host in a header, because Node does
 * not resolve `*.localhost`. `transcript` keeps every answer, so that a spec can look for what must be in none.
 */
export class HubClient {
  readonly transcript: string[] = [];

  constructor(
    readonly port: number,
    private readonly host = `localhost:${port}`,
  ) {}

  send<T = unknown>(method: string, path: string, options: SendOptions = {}): Promise<Answer<T>> {
    const body = options.raw ?? (options.json === undefined ? undefined : JSON.stringify(options.json));
    return new Promise((resolve, reject) => {
      const outgoing = request(
        {
          host: '127.0.0.1',
          port: this.port,
          method,
          path,
          agent: false,
          timeout: 30_000,
          headers: {
            host: this.host,
            ...(body === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
            ...options.headers,
          },
        },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('error', reject);
          response.on('end', () => {
            const text = Buffer.concat(chunks).toString('utf8');
            this.transcript.push(`${method} ${path} ${response.statusCode} ${JSON.stringify(response.headers)} ${text}`);
            const isJson = /json/.test(String(response.headers['content-type'] ?? ''));
            resolve({ status: response.statusCode ?? 0, headers: response.headers, text, body: (isJson ? JSON.parse(text) : undefined) as T });
          });
        },
      );
      outgoing.on('timeout', () => outgoing.destroy(new Error(`${method} ${path}: no answer within 30 s`)));
      outgoing.on('error', reject);
      outgoing.end(body);
    });
  }

  /**
   * Reads a live answer, such as the log of what still runs, until it holds the text.
   * @throws Error with what came, after 30 s or where it ends before
   */
  readUntil(path: string, wanted: string): Promise<string> {
    return new Promise((resolve, reject) => {
      let text = '';
      const call = request({ host: '127.0.0.1', port: this.port, path, agent: false, headers: { host: this.host } }, (response) => {
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => {
          text += chunk;
          if (text.includes(wanted)) done();
        });
        response.on('end', () => done(new Error(`${path} ended without "${wanted}": ${text}`)));
      });
      const timer = setTimeout(() => done(new Error(`${path}: no "${wanted}" within 30 s: ${text}`)), 30_000);
      const done = (error?: Error): void => {
        clearTimeout(timer);
        this.transcript.push(`GET ${path} ${text}`);
        call.destroy();
        if (error) reject(error);
        else resolve(text);
      };
      call.on('error', (error) => done(error));
      call.end();
    });
  }

  get<T = unknown>(path: string, headers?: Record<string, string>): Promise<Answer<T>> {
    return this.send<T>('GET', path, { headers });
  }

  post<T = unknown>(path: string, json: unknown = undefined, headers?: Record<string, string>): Promise<Answer<T>> {
    return this.send<T>('POST', path, { json, headers });
  }

  /** Registers a repository. @throws Error where that is refused */
  async register(repoUrl: string, more: Record<string, unknown> = {}): Promise<App> {
    const answer = await this.post<App>('/apps', { repoUrl, ...more });
    if (answer.status !== 201 && answer.status !== 200) throw new Error(`POST /apps ${repoUrl}: ${answer.status} ${answer.text}`);
    return answer.body;
  }

  async app(id: string): Promise<App> {
    return (await this.get<App>(`/apps/${encodeURIComponent(id)}`)).body;
  }

  /** Waits until the app is ingested, well or not. */
  ingested(id: string, timeoutMs = 60_000): Promise<App> {
    return eventually(() => this.app(id), (app) => app.ingestStatus === 'ready' || app.ingestStatus === 'failed', `ingestion of ${id}`, timeoutMs);
  }

  /** Waits until the app's latest build has ended, well or not. */
  async built(id: string, timeoutMs = 90_000): Promise<Build> {
    const ended = (build: Build | null): boolean => build !== null && !['pending', 'running'].includes(build.status);
    const app = await eventually(() => this.app(id), (now) => ended(now.latestBuild) || now.ingestStatus === 'failed', `build of ${id}`, timeoutMs);
    if (app.latestBuild === null) throw new Error(`${id} was not ingested: ${JSON.stringify(app.ingestError)}`);
    return app.latestBuild;
  }

  async launch(appId: string, more: Record<string, unknown> = {}): Promise<Launch> {
    const answer = await this.post<Launch>('/launches', { appId, ...more });
    if (answer.status !== 202) throw new Error(`POST /launches: ${answer.status} ${answer.text}`);
    return answer.body;
  }

  async launchOf(id: string): Promise<Launch> {
    return (await this.get<Launch>(`/launches/${id}`)).body;
  }

  /** Waits until a launch runs or has ended. */
  launched(id: string, timeoutMs = 60_000): Promise<Launch> {
    return eventually(() => this.launchOf(id), (launch) => !['pending', 'starting'].includes(launch.status), `launch ${id}`, timeoutMs);
  }

  /** Waits until a launch has ended. */
  ended(id: string, timeoutMs = 30_000): Promise<Launch> {
    return eventually(() => this.launchOf(id), (launch) => ['stopped', 'failed', 'expired'].includes(launch.status), `end of ${id}`, timeoutMs);
  }
}

/**
 * Asks again and again until the answer is as wanted. What it throws on the way counts as "not yet".
 * @throws Error that shows the last answer, after `timeoutMs`
 */
export async function eventually<T>(ask: () => Promise<T>, wanted: (value: T) => boolean, what: string, timeoutMs = 30_000): Promise<T> {
  let last: unknown;
  for (const until = Date.now() + timeoutMs; Date.now() < until; await pause(150)) {
    try {
      const value = await ask();
      if (wanted(value)) return value;
      last = value;
    } catch (error) {
      last = error;
    }
  }
  throw new Error(`${what}: not within ${timeoutMs} ms; last: ${last instanceof Error ? last.message : JSON.stringify(last)}`);
}
