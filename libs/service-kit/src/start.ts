import type { INestApplication, INestApplicationContext, INestMicroservice, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { MicroserviceOptions } from '@nestjs/microservices';
import type { FastifyAdapter, NestFastifyApplication } from '@nestjs/platform-fastify';
import { type JobDefinition, portOf, SERVICES, type ServiceName, serviceStarted } from '@osiris/contracts';
import 'reflect-metadata';
import type { BaseEnv } from './env';
import { type BoundHandler, checkHandlers, HandlerRegistry } from './handler-registry';
import { reportUnexpectedWith } from './handlers';
import { Health } from './health/health';
import { answerHealth, startHealthServer } from './health/health-endpoints';
import { newIdentity } from './identity';
import { JobConsumer, type JobSettings } from './jobs/job-consumer';
import { JobGate } from './jobs/job-gate';
import { KitModule, type KitParts } from './kit.module';
import { createLogger, nestLogger } from './logger';
import { collectProcessMetrics } from './metrics';
import { FactConsumer } from './nats/fact-consumer';
import { Facts } from './nats/facts';
import { connectionOptions, Nats } from './nats/nats';
import { NatsServer } from './nats/nats-server';
import { exitWithParent } from './supervised';

const ANNOUNCE_MS = 60_000;

export interface StartOptions<E extends BaseEnv> {
  service: ServiceName;
  env: E;
  /** `fastify`: the service has HTTP routes of its own; otherwise only health is served on its port. */
  http?: 'fastify';
  /** Builds the adapter where the default will not do (the gateway decides by host name before routing). */
  adapter?: () => FastifyAdapter;
  jobs?: readonly (readonly [JobDefinition, JobSettings])[];
  /** Last changes to the HTTP application before it listens. */
  configure?: (app: NestFastifyApplication) => Promise<void> | void;
  /** Listen for SIGTERM and SIGINT; tests switch it off. Default true. */
  signals?: boolean;
}

export interface RunningService {
  app: INestApplicationContext;
  /** Stops pulling, finishes or hands back what is held, closes. */
  close(): Promise<void>;
}

/** Starts one service of the hub. @throws where a message of the service has no handler or two. */
export async function start<E extends BaseEnv>(appModule: Type, options: StartOptions<E>): Promise<RunningService> {
  const { service, env } = options;
  const identity = newIdentity(service);
  const logger = createLogger(service, identity.instance, env);
  collectProcessMetrics();
  reportUnexpectedWith((error, subject) => logger.error({ err: error, subject }, 'A request failed unexpectedly'));
  const onRejection = (error: unknown): void => logger.error({ err: error }, 'A promise was rejected and nobody listened');
  process.on('unhandledRejection', onRejection);

  const nats = await Nats.connect(env.NATS_URL, service, logger);
  const parts: KitParts = { env, identity, logger, nats };

  const transport: MicroserviceOptions = { strategy: new NatsServer({ ...connectionOptions(env.NATS_URL, `${service}-replies`), queue: service }) };
  const { app } = await createApp(appModule, parts, options, transport).catch(async (error: unknown) => {
    await nats.close();
    throw error;
  });
  const health = app.get(Health);
  health.register('nats', async () => {
    await nats.connection.flush();
    return { status: 'up' };
  });

  const handlers = app.get(HandlerRegistry).collect();
  const consumers = startConsumers(handlers, options, parts, app);
  const port = portOf(service, env.PORT);
  const server = options.http ? undefined : await startHealthServer(service, health, env.HOST === '0.0.0.0' ? env.HOST : '127.0.0.1', port);
  if (options.http) await (app as NestFastifyApplication).listen({ port, host: service === 'gateway' ? env.HOST : '127.0.0.1' });

  const announce = (): void => {
    const { title } = SERVICES[service];
    const fact = { at: new Date().toISOString(), slug: service, name: title, kind: 'hub', baseUrl: `http://127.0.0.1:${port}`, instance: identity.instance, capabilities: handlers.map(({ definition }) => definition.subject) };
    app.get(Facts).publish(serviceStarted, fact).catch((error: unknown) => logger.warn({ err: error }, 'The service could not announce itself'));
  };
  announce();
  const announcing = setInterval(announce, ANNOUNCE_MS);
  logger.info({ port }, `${service} is up`);

  let closing: Promise<void> | undefined;
  const close = (): Promise<void> => {
    closing ??= (async () => {
      health.stop();
      clearInterval(announcing);
      await Promise.all(consumers.map((consumer) => consumer.stop()));
      await app.close();
      server?.close();
      await nats.close();
      process.off('unhandledRejection', onRejection);
    })();
    return closing;
  };
  if (options.signals ?? true) endOnSignals(close, logger.info.bind(logger));
  return { app, close };
}

async function createApp<E extends BaseEnv>(
  appModule: Type,
  parts: KitParts,
  options: StartOptions<E>,
  transport: MicroserviceOptions,
): Promise<{ app: INestApplication | INestMicroservice }> {
  class Root {}
  const root = { module: Root, imports: [KitModule.with(parts), appModule] };
  const nestOptions = { logger: nestLogger(parts.logger), abortOnError: false };
  if (!options.http) {
    const app = await NestFactory.createMicroservice(root, { ...transport, ...nestOptions });
    checkHandlers(options.service, app.get(HandlerRegistry).collect());
    await app.listen();
    return { app };
  }
  // Only the services with routes of their own pay for Fastify.
  const { FastifyAdapter: Adapter } = await import('@nestjs/platform-fastify');
  const app = await NestFactory.create<NestFastifyApplication>(root, options.adapter?.() ?? new Adapter(), nestOptions);
  checkHandlers(options.service, app.get(HandlerRegistry).collect());
  app.connectMicroservice(transport);
  const fastify = app.getHttpAdapter().getInstance();
  const health = app.get(Health);
  for (const path of ['/healthz', '/readyz', '/metrics']) {
    fastify.get(path, async (_request, reply) => {
      const answer = await answerHealth(path, options.service, health);
      return reply.status(answer?.status ?? 500).header('content-type', answer?.contentType).send(answer?.body);
    });
  }
  await options.configure?.(app);
  await app.startAllMicroservices();
  await app.init();
  return { app };
}

function startConsumers<E extends BaseEnv>(
  handlers: readonly BoundHandler[],
  options: StartOptions<E>,
  parts: KitParts,
  app: INestApplicationContext,
): { stop(): Promise<void> }[] {
  const { nats, logger } = parts;
  const facts = app.get(Facts);
  const gate = app.get(JobGate);
  const settings = new Map(options.jobs?.map(([definition, value]) => [definition.subject, value]));
  const consumers: { start(): void; stop(): Promise<void> }[] = [];
  const factHandlers = new Map<string, BoundHandler>();
  for (const handler of handlers) {
    const { definition } = handler;
    if (definition.kind === 'fact') factHandlers.set(definition.subject, handler);
    if (definition.kind !== 'job') continue;
    const own = { nats, facts, gate, logger, service: options.service };
    consumers.push(new JobConsumer(definition, handler.invoke, settings.get(definition.subject) ?? {}, own));
  }
  if (factHandlers.size > 0) consumers.push(new FactConsumer(options.service, factHandlers, nats, logger));
  for (const consumer of consumers) consumer.start();
  return consumers;
}

function endOnSignals(close: () => Promise<void>, say: (message: string) => void): void {
  const end = (why: string): void => {
    say(`${why}: shutting down`);
    // Closing must not hang on a part that is itself gone.
    setTimeout(() => process.exit(1), 8_000).unref();
    void close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.once('SIGTERM', () => end('SIGTERM'));
  process.once('SIGINT', () => end('SIGINT'));
  exitWithParent(() => end('The launcher is gone'));
}

