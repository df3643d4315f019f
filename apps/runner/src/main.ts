import { launchJob, stopJob } from '@osiris/contracts';
import { start } from '@osiris/service-kit';
import { AppModule } from './app.module';
import { readRunnerEnv } from './env';

/** A launch mostly waits for its app: one that never listens must not keep the others from starting. */
const LAUNCHES_AT_ONCE = 16;
const STOPS_AT_ONCE = 4;

void start(AppModule, {
  service: 'runner',
  env: readRunnerEnv(),
  jobs: [
    [launchJob, { concurrency: LAUNCHES_AT_ONCE }],
    [stopJob, { concurrency: STOPS_AT_ONCE }],
  ],
});
