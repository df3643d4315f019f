import { Module } from '@nestjs/common';
import { EngineConnection, EngineImages } from '@osiris/engine';
import { GitFetcher, GitVersion } from '@osiris/git';
import { ENV } from '@osiris/service-kit';
import { BuildCancellations } from './builds/build-cancellations';
import { BuildLogs } from './builds/build-logs';
import { BuildsWorker } from './builds/builds.worker';
import { ImageBuilder } from './builds/image-builder';
import { EngineWatch } from './engines/engine-watch';
import type { BuildEnv } from './env';
import { GitCheck } from './git/git-check';
import { EngineSurveyor } from './housekeeping/engine-surveyor';
import { Housekeeping } from './housekeeping/housekeeping';
import { HousekeepingController } from './housekeeping/housekeeping.controller';
import { HousekeepingWorker } from './housekeeping/housekeeping.worker';
import { ImageRemovalWorker } from './images/image-removal.worker';
import { Workspaces } from './workspaces/workspaces';

@Module({
  controllers: [HousekeepingController],
  providers: [
    BuildCancellations,
    BuildLogs,
    BuildsWorker,
    EngineSurveyor,
    EngineWatch,
    GitCheck,
    GitVersion,
    Housekeeping,
    HousekeepingWorker,
    ImageBuilder,
    ImageRemovalWorker,
    Workspaces,
    { provide: EngineConnection, inject: [ENV], useFactory: (env: BuildEnv) => new EngineConnection({ dockerHost: env.DOCKER_HOST }) },
    { provide: EngineImages, inject: [EngineConnection], useFactory: (engine: EngineConnection) => new EngineImages(engine) },
    {
      provide: GitFetcher,
      inject: [ENV],
      useFactory: (env: BuildEnv) =>
        new GitFetcher({
          allowedRoots: env.GIT_ALLOWED_ROOTS,
          allowPrivateHosts: env.GIT_ALLOW_PRIVATE_HOSTS,
          timeoutMs: env.INGEST_TIMEOUT_SECONDS * 1000,
          maxBytes: env.INGEST_MAX_BYTES,
        }),
    },
  ],
})
export class AppModule {}
