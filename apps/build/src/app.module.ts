import { Module } from '@nestjs/common';
import { EngineConnection, EngineImages } from '@osiris/engine';
import { GitFetcher, GitVersion } from '@osiris/git';
import { ENV } from '@osiris/service-kit';
import { BuildCancellations } from './builds/build-cancellations';
import { BuildLogs } from './builds/build-logs';
import { BuildReport } from './builds/build-report';
import { BuildsWorker } from './builds/builds.worker';
import { ImageBuilder } from './builds/image-builder';
import { ImagePush } from './builds/image-push';
import { ReadyImages } from './builds/ready-images';
import { FileTimes } from './contexts/file-times';
import { EngineWatch } from './engines/engine-watch';
import type { BuildEnv } from './env';
import { GitCheck } from './git/git-check';
import { EngineSurveyor } from './housekeeping/engine-surveyor';
import { Housekeeping } from './housekeeping/housekeeping';
import { HousekeepingController } from './housekeeping/housekeeping.controller';
import { HousekeepingRounds } from './housekeeping/housekeeping-rounds';
import { HousekeepingWorker } from './housekeeping/housekeeping.worker';
import { HubImageNames } from './images/hub-image-names';
import { ImageRemovalWorker } from './images/image-removal.worker';
import { Sources } from './sources/sources';

@Module({
  controllers: [HousekeepingController],
  providers: [
    BuildCancellations,
    BuildLogs,
    BuildReport,
    BuildsWorker,
    EngineSurveyor,
    EngineWatch,
    GitCheck,
    GitVersion,
    Housekeeping,
    HousekeepingRounds,
    HousekeepingWorker,
    HubImageNames,
    ImageBuilder,
    ImagePush,
    ImageRemovalWorker,
    ReadyImages,
    Sources,
    FileTimes,
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
