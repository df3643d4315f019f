import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { LOGGER, type Logger, Requests, type RunningService, start } from '@osiris/service-kit';
import { AppModule } from './app.module';
import { serveObjects } from './artifacts/object-routes';
import { StoredObjects } from './artifacts/stored-objects.service';
import { serveDocs } from './docs/docs-routes';
import type { GatewayEnv } from './env';
import { EventsServer } from './events/events.server';
import { answerProblem } from './http/answer-problem';
import { FrontDoor } from './http/front-door';
import { acceptJsonOnly } from './http/json-body';
import { traceRequests } from './http/trace.hook';
import { PreviewProxy } from './previews/preview-proxy.service';
import { hostPolicy } from './security/hosts';
import { guardSite } from './security/same-site.hook';
import { webAppPolicy } from './security/security-headers';
import { serveWebhooks } from './webhooks/webhook-routes';
import { servePagesOfApi, serveWebApp } from './web/web-routes';

/** Starts the gateway; `main.ts` and the tests alike. */
export function startGateway(env: GatewayEnv, { signals = true }: { signals?: boolean } = {}): Promise<RunningService> {
  const door = new FrontDoor(env.PREVIEW_DOMAIN);

  const configure = async (app: NestFastifyApplication): Promise<void> => {
    const adapter = app.getHttpAdapter();
    const fastify = adapter.getInstance();
    const logger = app.get<Logger>(LOGGER);
    // Marks Nest's own parsers as registered, so that only ours are there.
    app.useBodyParser('application/json');
    acceptJsonOnly(fastify);
    traceRequests(fastify);
    guardSite(fastify, hostPolicy(env), logger);
    servePagesOfApi(fastify, { dist: env.WEB_DIST, policy: webAppPolicy(env) });
    // A scope of its own: Nest sets the root's error handler only after these routes are there.
    await fastify.register(async (scope) => {
      scope.setErrorHandler((error, request, reply) => answerProblem(error, request, reply, logger));
      serveDocs(scope);
      serveObjects(scope, app.get(StoredObjects));
      await scope.register(async (hooks) => serveWebhooks(hooks, env, app.get(Requests)));
      await serveWebApp(scope, { dist: env.WEB_DIST, policy: webAppPolicy(env) });
    });
    door.open({
      previews: app.get(PreviewProxy),
      events: app.get(EventsServer),
      onError: (error) => logger.error({ err: error }, 'A preview request failed unexpectedly'),
    });
  };
  return start(AppModule, {
    service: 'gateway',
    env,
    http: 'fastify',
    adapter: () => new FastifyAdapter(door.fastifyOptions),
    configure,
    signals,
  });
}
