import { buildJob, housekeepingJob, imageRemovalJob } from '@osiris/contracts';
import { type RunningService, start } from '@osiris/service-kit';
import { AppModule } from './app.module';
import type { BuildEnv } from './env';

/** Here and not in main.ts so that the tests start the service as it is. */
export function startBuild(env: BuildEnv, options: { signals?: boolean } = {}): Promise<RunningService> {
  return start(AppModule, {
    service: 'build',
    env,
    jobs: [
      [buildJob, { concurrency: env.BUILD_CONCURRENCY }],
      [imageRemovalJob, { concurrency: 1 }],
      [housekeepingJob, { concurrency: 1 }],
    ],
    ...options,
  });
}
