import 'reflect-metadata';
import { start } from '@osiris/service-kit';
import { AppModule } from './app.module';
import { loadEnv } from './env';

void start(AppModule, { service: 'catalog', env: loadEnv() }).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exit(1);
});
