import { ingestJob } from '@osiris/contracts';
import { type RunningService, start } from '@osiris/service-kit';
import { AppModule } from './app.module';
import type { Env } from './env';

/** Starts the ingestion service with this environment. */
export function startIngestion(env: Env, options: { signals?: boolean } = {}): Promise<RunningService> {
  const settings = { concurrency: env.INGEST_CONCURRENCY, maxAttempts: env.INGEST_ATTEMPTS, backoffMs: [env.INGEST_BACKOFF_MS] };
  return start(AppModule, { service: 'ingestion', env, jobs: [[ingestJob, settings]], ...options });
}
