import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { Health, LOGGER, type Logger } from '@osiris/service-kit';
import { OBJECT_STORE, type ObjectStore } from './object-store';

/** Has `/readyz` say whether the object store answers, and how fast. */
@Injectable()
export class StoreHealth implements OnModuleInit {
  constructor(
    @Inject(OBJECT_STORE) private readonly store: ObjectStore,
    private readonly health: Health,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onModuleInit(): void {
    this.health.register('object-store', async () => {
      await this.store.check();
      return { status: 'up', message: this.store.description };
    });
    // Makes the bucket before the first upload needs it; a store that is away now is made ready by a later call.
    this.store.check().then(
      () => this.logger.info({ store: this.store.description }, 'The object store answers'),
      (error: unknown) => this.logger.warn({ err: error, store: this.store.description }, 'The object store does not answer yet'),
    );
  }
}
