import { DomainError } from '@osiris/contracts';
import Docker from 'dockerode';
import { mapEngineError } from './engine-errors';

/** dockerode's ping takes options; its types do not know. */
type Ping = (options: { abortSignal: AbortSignal }) => Promise<unknown>;

const DEFAULT_SOCKET = '/var/run/docker.sock';

export interface EngineConnectionOptions {
  /** `unix:///path` or `tcp://host:port`, as in DOCKER_HOST. Default: the local socket. */
  dockerHost?: string;
  /** How long a ping may take, in milliseconds. Default 3000. */
  pingTimeoutMs?: number;
  /** How long the answer to a question (`ask`) may take, in milliseconds. Default 20000. */
  askTimeoutMs?: number;
}

export interface EngineAvailability {
  available: boolean;
  /** Why not, for people; undefined where available. */
  reason?: string;
}

export interface WatchOptions {
  /** Between two pings of an engine that answers, in milliseconds. Default 5000. */
  intervalMs?: number;
  /** First and longest delay between two tries while none answers, in milliseconds. Default 250 and 5000. */
  minBackoffMs?: number;
  maxBackoffMs?: number;
}

/** Where the engine is, from DOCKER_HOST's value. @throws Error on a scheme that is neither unix nor tcp. */
export function parseDockerHost(dockerHost: string | undefined): Docker.DockerOptions {
  if (!dockerHost) return { socketPath: DEFAULT_SOCKET };
  const url = /^(unix|tcp|http):\/\/(.+)$/.exec(dockerHost);
  if (!url) throw new Error(`DOCKER_HOST must begin with unix:// or tcp://, not "${dockerHost}"`);
  if (url[1] === 'unix') return { socketPath: url[2] };
  const address = new URL(`http://${url[2]}`);
  return { protocol: 'http', host: address.hostname.replace(/^\[|\]$/g, ''), port: address.port || '2375' };
}

/** The way to one container engine. Creating it does not connect: the engine may appear later. */
export class EngineConnection {
  /** For the other files of this library: everything else goes through its functions. */
  readonly docker: Docker;
  private readonly pingTimeoutMs: number;
  private readonly askTimeoutMs: number;

  constructor(options: EngineConnectionOptions = {}) {
    this.docker = new Docker(parseDockerHost(options.dockerHost));
    this.pingTimeoutMs = options.pingTimeoutMs ?? 3_000;
    this.askTimeoutMs = options.askTimeoutMs ?? 20_000;
  }

  /** Milliseconds the engine took to answer. @throws DomainError ENGINE_UNAVAILABLE */
  async ping(): Promise<number> {
    const begun = performance.now();
    try {
      await (this.docker.ping as Ping).call(this.docker, { abortSignal: AbortSignal.timeout(this.pingTimeoutMs) });
    } catch (error) {
      throw mapEngineError(error) instanceof DomainError
        ? mapEngineError(error)
        : new DomainError('ENGINE_UNAVAILABLE', 'The container engine does not answer as one', { cause: error });
    }
    return Math.round(performance.now() - begun);
  }

  /** Does `work`; where no engine answers, throws DomainError ENGINE_UNAVAILABLE instead of a socket error. */
  async call<T>(work: (docker: Docker) => Promise<T>): Promise<T> {
    try {
      return await work(this.docker);
    } catch (error) {
      throw mapEngineError(error);
    }
  }

  /**
   * Like `call`, for what an engine answers from memory (list, inspect): one that takes the request and never answers counts
   * as away, so that nobody waits for it for ever. `work` hands the signal on where dockerode takes it.
   */
  async ask<T>(work: (docker: Docker, abortSignal: AbortSignal) => Promise<T>): Promise<T> {
    const abort = AbortSignal.timeout(this.askTimeoutMs);
    // Not all of dockerode's calls heed the signal: the wait ends by itself.
    const late = new Promise<never>((_resolve, reject) => {
      const seconds = Math.round(this.askTimeoutMs / 1_000);
      const tooLate = new DomainError('ENGINE_UNAVAILABLE', `The container engine has not answered in ${seconds} s`, { retryAfterSeconds: 5 });
      abort.addEventListener('abort', () => reject(tooLate), { once: true });
    });
    return Promise.race([late, this.call((docker) => work(docker, abort))]);
  }

  /**
   * Tells `listener` at once, and then at every change, whether an engine answers.
   * @returns a function that ends the watch.
   */
  watch(listener: (state: EngineAvailability) => void, options: WatchOptions = {}): () => void {
    const { intervalMs = 5_000, minBackoffMs = 250, maxBackoffMs = 5_000 } = options;
    let last: EngineAvailability | undefined;
    let backoffMs = minBackoffMs;
    let ended = false;
    let timer: NodeJS.Timeout | undefined;

    const look = async (): Promise<void> => {
      const state = await this.ping().then(
        (): EngineAvailability => ({ available: true }),
        (error: Error): EngineAvailability => ({ available: false, reason: error.message }),
      );
      if (ended) return;
      if (last?.available !== state.available || last.reason !== state.reason) listener(state);
      last = state;
      timer = setTimeout(() => void look(), state.available ? intervalMs : backoffMs);
      timer.unref();
      backoffMs = state.available ? minBackoffMs : Math.min(backoffMs * 2, maxBackoffMs);
    };
    void look();
    return () => {
      ended = true;
      clearTimeout(timer);
    };
  }
}
