import { artifactEnv } from './env';
import { startArtifact } from './start-artifact';

void startArtifact(artifactEnv());
