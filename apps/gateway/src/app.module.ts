import { Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR } from '@nestjs/core';
import { ENV } from '@osiris/service-kit';
import { AppsController } from './apps/apps.controller';
import { ArtifactsController } from './artifacts/artifacts.controller';
import { StoredObjects } from './artifacts/stored-objects.service';
import { BuildsController } from './builds/builds.controller';
import type { GatewayEnv } from './env';
import { ChangeFeed } from './events/change-feed.service';
import { EventsController } from './events/events.controller';
import { EventsServer } from './events/events.server';
import { LogFeed } from './events/log-feed.service';
import { StatsFeed } from './events/stats-feed.service';
import { ConditionalGet } from './http/conditional-get.interceptor';
import { ProblemFilter } from './http/problem.filter';
import { LaterController } from './later/later.controller';
import { LaunchesController } from './launches/launches.controller';
import { LiveLogs } from './logs/live-log.service';
import { LogEnds } from './logs/log-ends.service';
import { Logs } from './logs/logs.service';
import { OperationsController } from './operations/operations.controller';
import { StoredLogs } from './logs/stored-logs.service';
import { PreviewActivity } from './previews/preview-activity.service';
import { PreviewProxy } from './previews/preview-proxy.service';
import { PreviewRoutes } from './previews/preview-routes.service';
import { PreviewTokens } from './previews/preview-token';
import { PreviewUrls } from './previews/preview-urls.service';
import { HubReadiness } from './readiness/hub-readiness.service';
import { AccessGuard } from './security/access.guard';
import { ServicesController } from './services/services.controller';
import { TagsController } from './tags/tags.controller';

@Module({
  controllers: [
    AppsController,
    ArtifactsController,
    BuildsController,
    EventsController,
    LaterController,
    LaunchesController,
    OperationsController,
    ServicesController,
    TagsController,
  ],
  providers: [
    { provide: APP_FILTER, useClass: ProblemFilter },
    { provide: APP_GUARD, useClass: AccessGuard },
    { provide: APP_INTERCEPTOR, useClass: ConditionalGet },
    {
      provide: PreviewTokens,
      inject: [ENV],
      useFactory: ({ SIGNING_KEYS: [first = '', ...others] }: GatewayEnv) => new PreviewTokens([first, ...others]),
    },
    ChangeFeed,
    EventsServer,
    HubReadiness,
    LiveLogs,
    LogEnds,
    LogFeed,
    StatsFeed,
    Logs,
    PreviewActivity,
    PreviewProxy,
    PreviewRoutes,
    PreviewUrls,
    StoredLogs,
    StoredObjects,
  ],
})
export class AppModule {}
