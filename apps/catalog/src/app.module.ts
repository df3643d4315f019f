import { Module } from '@nestjs/common';
import { ArtifactsController } from './artifacts/artifacts.controller';
import { BuildFacts } from './builds/build-facts';
import { BuildLifecycle } from './builds/build-lifecycle';
import { BuildQueue } from './builds/build-queue';
import { BuildRequests } from './builds/build-requests';
import { BuildsController } from './builds/builds.controller';
import { BuildsService } from './builds/builds.service';
import { AppChanges } from './changes/app-changes';
import { DatabaseModule } from './database/database.module';
import { EventsController } from './events/events.controller';
import { EventsService } from './events/events.service';
import { DatabaseHealth } from './health/database-health';
import { HealthWatch } from './health/health-watch';
import { HousekeepingController } from './housekeeping/housekeeping.controller';
import { Housekeeping } from './housekeeping/housekeeping.service';
import { Idempotency } from './idempotency/idempotency';
import { Images } from './images/images.service';
import { AppImport } from './imports/app-import';
import { ImportsController } from './imports/imports.controller';
import { IngestionFacts } from './ingestions/ingestion-facts';
import { IngestionsService } from './ingestions/ingestions.service';
import { LaunchExpiry } from './launches/launch-expiry';
import { LaunchFacts } from './launches/launch-facts';
import { LaunchIdle } from './launches/launch-idle';
import { LaunchJobs } from './launches/launch-jobs';
import { LaunchLifecycle } from './launches/launch-lifecycle';
import { LaunchQueue } from './launches/launch-queue';
import { LaunchReconciliation } from './launches/launch-reconciliation';
import { SeatWishes } from './launches/seat-wishes';
import { LaunchesController } from './launches/launches.controller';
import { LaunchesService } from './launches/launches.service';
import { RunnerCapacity } from './launches/runner-capacity';
import { LeasesController } from './leases/leases.controller';
import { LeasesService } from './leases/leases.service';
import { ClockWatch } from './lifecycle/clock-watch';
import { DeadLetters } from './lifecycle/dead-letters';
import { JobTraces } from './lifecycle/job-traces';
import { Sweeper } from './lifecycle/sweeper';
import { Inbox } from './outbox/inbox';
import { Outbox } from './outbox/outbox';
import { OutboxRelay } from './outbox/outbox-relay';
import { Pruning } from './outbox/pruning';
import { RefreshLoop } from './refresh/refresh-loop';
import { RefreshSchedule } from './refresh/refresh-schedule';
import { RepositoryChecks } from './refresh/repository-checks';
import { AppRemoval } from './repositories/app-removal';
import { AppsController } from './repositories/apps.controller';
import { AppsService } from './repositories/apps.service';
import { HistoryService } from './repositories/history.service';
import { AppViews } from './search/app-views';
import { IndexFeed } from './search/index-feed';
import { PopularityDecay } from './search/popularity-decay';
import { SearchController } from './search/search.controller';
import { SearchService } from './search/search.service';
import { ServingIndex } from './search/serving-index';
import { ServicesController } from './services/services.controller';
import { ServicesService } from './services/services.service';
import { LateVerifications } from './verifications/late-verifications';
import { VerificationFacts } from './verifications/verification-facts';
import { VerificationLifecycle } from './verifications/verification-lifecycle';
import { PushesService } from './webhooks/pushes.service';
import { WebhooksController } from './webhooks/webhooks.controller';

@Module({
  imports: [DatabaseModule],
  controllers: [
    AppsController, ArtifactsController, BuildsController, EventsController, HousekeepingController, ImportsController, LaunchesController,
    LeasesController, SearchController, ServicesController, WebhooksController,
  ],
  providers: [
    AppChanges, AppImport, AppRemoval, AppsService, AppViews, BuildFacts, BuildLifecycle, BuildQueue,
    BuildRequests, BuildsService, ClockWatch, DatabaseHealth, DeadLetters, EventsService, HealthWatch, HistoryService, Housekeeping,
    Idempotency, Images, Inbox, IndexFeed, IngestionFacts, IngestionsService, JobTraces, LaunchExpiry, LaunchFacts, LaunchIdle, LaunchJobs, LaunchLifecycle,
    LaunchQueue, LaunchReconciliation, LaunchesService, LeasesService, Outbox, OutboxRelay, PopularityDecay, Pruning, PushesService, SeatWishes,
    RefreshLoop, RefreshSchedule, RepositoryChecks, RunnerCapacity, SearchService,
    ServicesService, ServingIndex, Sweeper, LateVerifications, VerificationFacts, VerificationLifecycle,
  ],
})
export class AppModule {}
