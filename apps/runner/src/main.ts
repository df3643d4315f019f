import { launchJob, stopJob, verifyJob } from '@osiris/contracts';
import { start } from '@osiris/service-kit';
import { AppModule } from './app.module';
import { readRunnerEnv } from './env';

/** A launch mostly waits for its app: one that never listens must not keep the others from starting. */
const LAUNCHES_AT_ONCE = 16;
const STOPS_AT_ONCE = 4;
/** Nobody waits for them as for a launch, and what one measures another one would disturb. */
const VERIFICATIONS_AT_ONCE = 1;

void start(AppModule, {
  service: 'runner',
  env: readRunnerEnv(),
  jobs: [
    [launchJob, { concurrency: LAUNCHES_AT_ONCE }],
    [stopJob, { concurrency: STOPS_AT_ONCE }],
    [verifyJob, { concurrency: VERIFICATIONS_AT_ONCE }],
  ],
});
