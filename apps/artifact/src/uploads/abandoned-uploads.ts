import { Inject, Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { LOGGER, type Logger } from '@osiris/service-kit';
import { OBJECT_STORE, type ObjectStore } from '../objects/object-store';

/** No upload takes this long: what began earlier belonged to a process that died. In milliseconds. */
const ABANDONED_MS = 24 * 3_600_000;
const SWEEP_MS = 3_600_000;

/** Takes away what uploads left that were never ended, because their process died or the store went away under them. */
@Injectable()
export class AbandonedUploads implements OnModuleInit, OnModuleDestroy {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    @Inject(OBJECT_STORE) private readonly store: ObjectStore,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onModuleInit(): void {
    void this.sweep();
    this.timer = setInterval(() => void this.sweep(), SWEEP_MS);
    this.timer.unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  /** Never throws: what fails now is tried again in an hour. */
  async sweep(): Promise<void> {
    try {
      const uploads = await this.store.removeAbandoned(new Date(Date.now() - ABANDONED_MS));
      if (uploads > 0) this.logger.info({ uploads }, 'What abandoned uploads had left was removed');
    } catch (error) {
      this.logger.warn({ err: error }, 'Abandoned uploads cannot be looked for now');
    }
  }
}
