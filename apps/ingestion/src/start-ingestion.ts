import { ingestJob, repositoryCheckJob } from '@osiris/contracts';
import { type RunningService, start } from '@osiris/service-kit';
import { AppModule } from './app.module';
import type { Env } from './env';

/** A look is but waiting; one host that lets it wait must not stop them all. */
const LOOKS_AT_A_TIME = 8;

/** Starts the ingestion service with this environment. */
export function startIngestion(env: Env, options: { signals?: boolean } = {}): Promise<RunningService> {
  const settings = { concurrency: env.INGEST_CONCURRENCY, maxAttempts: env.INGEST_ATTEMPTS, backoffMs: [env.INGEST_BACKOFF_MS] };
  return start(AppModule, { service: 'ingestion', env, jobs: [[ingestJob, settings], [repositoryCheckJob, { concurrency: LOOKS_AT_A_TIME }]], ...options });
}
