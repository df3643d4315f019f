import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { ENV, LOGGER, type Logger } from '@osiris/service-kit';
import type { BuildEnv } from '../env';
import { Housekeeping } from './housekeeping';

/** Clears up again and again. Level-triggered: a round that fails, or is missed, is made up for by the next. */
@Injectable()
export class HousekeepingRounds implements OnApplicationBootstrap, OnModuleDestroy {
  private timer: NodeJS.Timeout | undefined;
  private ended = false;

  constructor(
    private readonly housekeeping: Housekeeping,
    @Inject(ENV) private readonly env: BuildEnv,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    if (this.env.HOUSEKEEPING_INTERVAL_SECONDS > 0) this.schedule();
  }

  onModuleDestroy(): void {
    this.ended = true;
    clearTimeout(this.timer);
  }

  /** Builders that were started together do not go to the catalog together: each waits between nine and eleven tenths of the interval. */
  private schedule(): void {
    const pauseMs = this.env.HOUSEKEEPING_INTERVAL_SECONDS * 1000 * (0.9 + Math.random() * 0.2);
    this.timer = setTimeout(() => void this.round(), pauseMs).unref();
  }

  private async round(): Promise<void> {
    await this.housekeeping.run().catch((error: unknown) => this.logger.info({ err: error }, 'housekeeping comes to nothing this time'));
    if (!this.ended) this.schedule();
  }
}
