import { Module } from '@nestjs/common';
import { EngineConnection, Sandboxes, SeatContainers } from '@osiris/engine';
import { ENV } from '@osiris/service-kit';
import { DiskWatch } from './disk/disk-watch.service';
import { EngineGate } from './engine/engine-gate.service';
import type { RunnerEnv } from './env';
import { ImageFactsCache } from './launches/image-facts-cache';
import { ImagePulls } from './launches/image-pulls';
import { LaunchAdoption } from './launches/launch-adoption.service';
import { LaunchContainers } from './launches/launch-containers';
import { LaunchEnder } from './launches/launch-ender.service';
import { LaunchRestarts } from './launches/launch-restarts.service';
import { LaunchStarter } from './launches/launch-starter.service';
import { LaunchStopper } from './launches/launch-stopper.service';
import { LaunchesJobs } from './launches/launches.jobs';
import { Reconciliation } from './launches/reconciliation.service';
import { PreviewRoutes } from './previews/preview-routes.service';
import { Previews } from './previews/previews.service';
import { Screenshots } from './screenshots/screenshots.service';
import { SeatMaker } from './seats/seat-maker.service';
import { SeatTaker } from './seats/seat-taker.service';
import { WarmPool } from './seats/warm-pool.service';
import { LaunchStatsSampler } from './stats/launch-stats.service';
import { FirstLooks } from './verifications/first-looks.service';
import { VerificationsJobs } from './verifications/verifications.jobs';
import { Verifier } from './verifications/verifier.service';

@Module({
  providers: [
    { provide: EngineConnection, inject: [ENV], useFactory: (env: RunnerEnv) => new EngineConnection({ dockerHost: env.DOCKER_HOST }) },
    {
      provide: Sandboxes,
      inject: [EngineConnection, ENV],
      useFactory: (engine: EngineConnection, env: RunnerEnv) => new Sandboxes(engine, env.HUB_ID),
    },
    {
      provide: SeatContainers,
      inject: [EngineConnection, ENV],
      useFactory: (engine: EngineConnection, env: RunnerEnv) => new SeatContainers(engine, env.HUB_ID),
    },
    DiskWatch,
    EngineGate,
    FirstLooks,
    ImageFactsCache,
    ImagePulls,
    LaunchAdoption,
    LaunchContainers,
    LaunchEnder,
    LaunchesJobs,
    LaunchRestarts,
    LaunchStarter,
    LaunchStatsSampler,
    LaunchStopper,
    PreviewRoutes,
    Previews,
    Reconciliation,
    Screenshots,
    SeatMaker,
    SeatTaker,
    VerificationsJobs,
    Verifier,
    WarmPool,
  ],
})
export class AppModule {}
