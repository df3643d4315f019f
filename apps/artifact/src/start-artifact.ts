import { artifactRemovalJob } from '@osiris/contracts';
import { type RunningService, start } from '@osiris/service-kit';
import { AppModule } from './app.module';
import type { Env } from './env';

/** Starts the artifact service with this environment. */
export function startArtifact(env: Env, options: { signals?: boolean } = {}): Promise<RunningService> {
  return start(AppModule, {
    service: 'artifact',
    env,
    http: 'fastify',
    jobs: [[artifactRemovalJob, { concurrency: 1 }]],
    configure: (app) => {
      // Bodies are objects, whatever their type says: each is left unread for the upload's stream.
      const fastify = app.getHttpAdapter().getInstance();
      fastify.addHook('onRequest', (request, _reply, done) => {
        if (request.method === 'PUT') request.raw.headers['content-type'] = 'application/octet-stream';
        done();
      });
      fastify.addContentTypeParser('application/octet-stream', (_request, body, done) => done(null, body));
    },
    ...options,
  });
}
