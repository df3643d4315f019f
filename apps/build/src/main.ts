import { readBuildEnv } from './env';
import { startBuild } from './start-build';

void startBuild(readBuildEnv());
