import { loadEnv } from './env';
import { startGateway } from './start-gateway';

void startGateway(loadEnv()).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exit(1);
});
