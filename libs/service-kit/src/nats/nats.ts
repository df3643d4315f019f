import { PREVIEWS_BUCKET, STREAMS, type StreamName } from '@osiris/contracts';
import {
  connect,
  type ConnectionOptions,
  Events,
  headers,
  type JetStreamClient,
  type JetStreamManager,
  type JsMsg,
  type KV,
  type NatsConnection,
  StringCodec,
} from 'nats';
import type { Logger } from 'pino';
import { currentTraceparent } from '../trace';
import { parseNatsUrl } from './nats-url';
import { STREAM_DEFAULTS, STREAM_SETTINGS } from './streams';

const text = StringCodec();

export interface PublishOptions {
  /** `Nats-Msg-Id`: the same id within two minutes is stored once. */
  msgId?: string;
  traceparent?: string;
}

/**
 * Connection options every NATS connection of a service uses: it never gives up on the server.
 * @param url one address or several, comma-separated; see {@link parseNatsUrl}.
 */
export function connectionOptions(url: string, name: string): ConnectionOptions {
  return {
    ...parseNatsUrl(url),
    name,
    maxReconnectAttempts: -1,
    reconnectTimeWait: 250,
    reconnectJitter: 100,
    waitOnFirstConnect: true,
    pingInterval: 10_000,
  };
}

/** The service's NATS connection with JetStream. Survives a server that restarts with nothing on its disk. */
export class Nats {
  private readonly reconnectListeners = new Set<() => void>();
  private isConnected = true;

  private constructor(
    readonly connection: NatsConnection,
    private readonly manager: JetStreamManager,
    private readonly logger: Logger,
  ) {
    void this.watchStatus();
  }

  static async connect(url: string, name: string, logger: Logger): Promise<Nats> {
    const connection = await connect(connectionOptions(url, name));
    const manager = await connection.jetstreamManager({ checkAPI: false });
    const nats = new Nats(connection, manager, logger);
    await nats.ensureStreams();
    return nats;
  }

  /** False while the server is away: what is published then waits until it is back. */
  get connected(): boolean {
    return this.isConnected;
  }

  jetstream(): JetStreamClient {
    return this.connection.jetstream();
  }

  jetstreamManager(): JetStreamManager {
    return this.manager;
  }

  kv(bucket: string = PREVIEWS_BUCKET): Promise<KV> {
    return this.connection.jetstream().views.kv(bucket, { history: 1 });
  }

  /** Called after each reconnect, once the streams are there again. */
  onReconnect(listener: () => void): () => void {
    this.reconnectListeners.add(listener);
    return () => this.reconnectListeners.delete(listener);
  }

  /** Creates the streams that are missing; `recreated` names them (all of them on the first start or an empty NATS). */
  async ensureStreams(): Promise<{ recreated: StreamName[] }> {
    const recreated: StreamName[] = [];
    for (const name of Object.keys(STREAMS) as StreamName[]) {
      const wanted = { ...STREAM_DEFAULTS, ...STREAM_SETTINGS[name], name, subjects: [...STREAMS[name].subjects] };
      try {
        await this.manager.streams.info(name);
      } catch (error) {
        if (!isNotFound(error)) throw error;
        await this.manager.streams.add(wanted);
        recreated.push(name);
      }
    }
    return { recreated };
  }

  /**
   * Publishes to a stream and waits for its acknowledgement. Where the stream is missing (NATS came back empty) it is
   * created and the publish repeated once.
   * @returns the message's sequence in its stream.
   * @throws NatsError where NATS does not answer within five seconds.
   */
  publish(subject: string, payload: unknown, options: PublishOptions = {}): Promise<{ seq: number }> {
    return this.publishJson(subject, JSON.stringify(payload), options);
  }

  /** `publish` of what is JSON already. */
  async publishJson(subject: string, json: string | Uint8Array, options: PublishOptions = {}): Promise<{ seq: number }> {
    const head = headers();
    const traceparent = options.traceparent ?? currentTraceparent();
    if (traceparent) head.set('traceparent', traceparent);
    const send = () =>
      this.jetstream().publish(subject, typeof json === 'string' ? text.encode(json) : json, { msgID: options.msgId, headers: head });
    try {
      return await send();
    } catch (error) {
      if (!isMissingStream(error)) throw error;
      await this.ensureStreams();
      return await send();
    }
  }

  async close(): Promise<void> {
    this.reconnectListeners.clear();
    await this.connection.drain().catch(() => this.connection.close());
  }

  private async watchStatus(): Promise<void> {
    for await (const status of this.connection.status()) {
      if (status.type === Events.Disconnect) {
        this.isConnected = false;
        this.logger.warn('NATS is gone, reconnecting');
      }
      if (status.type !== Events.Reconnect) continue;
      this.isConnected = true;
      this.logger.info('NATS is back');
      void this.recover();
    }
  }

  private async recover(): Promise<void> {
    for (let attempt = 1; attempt <= 10; attempt++) {
      try {
        await this.ensureStreams();
        break;
      } catch (error) {
        // JetStream answers a little later than the server accepts connections.
        this.logger.debug({ err: error, attempt }, 'JetStream is not ready yet');
        await new Promise((resolve) => setTimeout(resolve, 300));
      }
    }
    for (const listener of this.reconnectListeners) listener();
  }
}

/** The stream, consumer or key is not there (JetStream API error 404). */
export function isNotFound(error: unknown): boolean {
  const api = (error as { api_error?: { code?: number } }).api_error;
  return api?.code === 404;
}

/** Nobody stores this subject: JetStream answers a publish without a stream with "no responders" (503). */
function isMissingStream(error: unknown): boolean {
  return (error as { code?: string }).code === '503' || isNotFound(error);
}

/** The message's JSON, or the error it does not parse with. */
export function decodeJson(data: Uint8Array): { value: unknown } | { error: Error } {
  try {
    return { value: JSON.parse(text.decode(data)) };
  } catch (error) {
    return { error: error as Error };
  }
}

export function messageIdOf(message: JsMsg): string {
  return message.headers?.get('Nats-Msg-Id') || `${message.info.stream}-${message.info.timestampNanos}-${message.seq}`;
}
