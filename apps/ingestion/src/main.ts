import { ingestionEnv } from './env';
import { startIngestion } from './start-ingestion';

void startIngestion(ingestionEnv());
