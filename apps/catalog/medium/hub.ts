import 'reflect-metadata';
import type { FactDefinition, JobDefinition, RequestDefinition } from '@osiris/contracts';
import { appSearch, DomainError, SearchAppsResult } from '@osiris/contracts';
import { type RunningService, start } from '@osiris/service-kit';
import { freePort, startNats, type TestNats } from '@osiris/testing';
import { connect, headers, JSONCodec, type NatsConnection, type NatsError, type Msg } from 'nats';
import type { z } from 'zod';
import { AppModule } from '../src/app.module';
import { envSchema } from '../src/env';

const json = JSONCodec<unknown>();
let messages = 0;

export interface Waited<T> {
  seq: number;
  messageId: string;
  payload: T;
}

/** A real catalog on a real NATS, and the hands of those around it: gateway and workers. */
export class TestHub {
  private readonly replicas: RunningService[] = [];

  private constructor(
    readonly nats: TestNats,
    public catalog: RunningService,
    readonly connection: NatsConnection,
    private readonly environment: Record<string, string>,
  ) {}

  static async start(databaseUrl: string, environment: Record<string, string> = {}): Promise<TestHub> {
    const nats = await startNats();
    const port = (await freePort()) - 101; // the catalog listens at PORT + 101
    const all = { NATS_URL: nats.url, DATABASE_URL: databaseUrl, PORT: String(port), LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'fatal', LOG_PRETTY: 'off', SWEEP_INTERVAL_MS: '500', SERVICE_HEALTH_INTERVAL_MS: '1000', ...environment };
    const catalog = await startCatalog(all);
    return new TestHub(nats, catalog, await connect({ servers: nats.url, maxReconnectAttempts: -1, reconnectTimeWait: 50 }), all);
  }

  async restartCatalog(): Promise<void> {
    await this.catalog.close();
    this.catalog = await startCatalog(this.environment);
  }

  /** Another catalog on the same database and NATS, until the hub is stopped. */
  async addReplica(): Promise<void> {
    const port = (await freePort()) - 101;
    this.replicas.push(await startCatalog({ ...this.environment, PORT: String(port) }));
  }

  async stop(): Promise<void> {
    await this.connection.close();
    for (const replica of this.replicas) await replica.close();
    await this.catalog.close();
    await this.nats.stop();
  }

  /** After a restart of NATS the catalog needs a moment to listen again: nobody has heard the request until then. */
  private async request(subject: string, data: Uint8Array): Promise<Msg> {
    for (let tries = 1; ; tries++) {
      try {
        return await this.connection.request(subject, data, { timeout: 5_000 });
      } catch (error) {
        if ((error as { code?: string }).code !== '503' || tries >= 50) throw error;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }
  }

  async ask<I extends z.ZodType, O extends z.ZodType>(definition: RequestDefinition<I, O>, input: z.input<I>): Promise<z.output<O>> {
    // Nest's NATS transport: { pattern, data, id } there, { response } back.
    const reply = await this.request(definition.subject, json.encode({ pattern: definition.subject, data: input, id: String(++messages) }));
    const { response } = json.decode(reply.data) as { response: { ok: true; value: unknown } | { ok: false; error: Pick<DomainError, 'code' | 'message' | 'errors'> } };
    if (!response.ok) throw new DomainError(response.error.code, response.error.message, { errors: response.error.errors });
    return definition.output.parse(response.value);
  }

  /** A page of results, as the gateway sends it on. */
  async search(input: z.input<typeof appSearch.input>): Promise<SearchAppsResult> {
    return SearchAppsResult.parse(JSON.parse((await this.ask(appSearch, input)).page));
  }

  /** @returns the fact's message id, to send the same again */
  async say<S extends z.ZodType>(definition: FactDefinition<S>, fact: z.input<S>, messageId = `fact-${++messages}-${Date.now()}`): Promise<string> {
    const head = headers();
    head.set('Nats-Msg-Id', messageId);
    for (let attempt = 1; ; attempt++) {
      try {
        await this.connection.jetstream().publish(definition.subject, json.encode(definition.schema.parse(fact)), { headers: head });
        return messageId;
      } catch (error) {
        if (attempt > 50) throw error;
        await pause(100);
      }
    }
  }

  /** The jobs of a kind that lie in the queue, oldest first; they stay there. */
  async jobs<S extends z.ZodType>(definition: JobDefinition<S>): Promise<Waited<z.output<S>>[]> {
    const manager = await this.connection.jetstreamManager({ checkAPI: false });
    const { state } = await manager.streams.info('JOBS');
    const found: Waited<z.output<S>>[] = [];
    for (let seq = state.first_seq; seq <= state.last_seq && seq > 0; seq++) {
      try {
        const message = await manager.streams.getMessage('JOBS', { seq });
        if (message.subject !== definition.subject) continue;
        found.push({ seq, messageId: message.header.get('Nats-Msg-Id'), payload: definition.schema.parse(json.decode(message.data)) });
      } catch (error) {
        if (!/no message found/i.test((error as NatsError).message)) throw error;
      }
    }
    return found;
  }

  async acknowledge(seq: number): Promise<void> {
    const manager = await this.connection.jetstreamManager({ checkAPI: false });
    await manager.streams.deleteMessage('JOBS', seq);
  }
}

async function startCatalog(environment: Record<string, string>): Promise<RunningService> {
  return start(AppModule, { service: 'catalog', env: envSchema.parse(environment), signals: false });
}

export const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Tries until it no longer throws. */
export async function eventually<T>(work: () => Promise<T>, withinMs = 10_000): Promise<T> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await pause(50);
    }
  }
}
