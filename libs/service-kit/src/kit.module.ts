import { type DynamicModule, Global, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import type { BaseEnv } from './env';
import { HandlerRegistry } from './handler-registry';
import { Health } from './health/health';
import type { Identity } from './identity';
import { JobGate } from './jobs/job-gate';
import { Leases } from './jobs/leases';
import { LogStreams } from './log-streams';
import type { Logger } from './logger';
import { Facts } from './nats/facts';
import { Nats } from './nats/nats';
import { Requests } from './nats/requests';
import { ENV, IDENTITY, LOGGER } from './tokens';
import { Uploads } from './uploads';

export interface KitParts {
  env: BaseEnv;
  identity: Identity;
  logger: Logger;
  nats: Nats;
}

/** What every service can inject. */
@Global()
@Module({})
export class KitModule {
  static with(parts: KitParts): DynamicModule {
    const own = [Health, Requests, Facts, JobGate, Leases, Uploads, LogStreams, HandlerRegistry];
    const given = [
      { provide: ENV, useValue: parts.env },
      { provide: IDENTITY, useValue: parts.identity },
      { provide: LOGGER, useValue: parts.logger },
      { provide: Nats, useValue: parts.nats },
    ];
    return {
      module: KitModule,
      imports: [DiscoveryModule],
      providers: [...own, ...given],
      exports: [...own, ENV, IDENTITY, LOGGER, Nats],
    };
  }
}
