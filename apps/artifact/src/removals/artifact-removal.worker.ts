import { Inject, Injectable } from '@nestjs/common';
import { artifactRemovalJob, DomainError } from '@osiris/contracts';
import { HandBack, HandlesJob, type JobContext, LOGGER, type Logger } from '@osiris/service-kit';
import type { z } from 'zod';
import { OBJECT_STORE, type ObjectStore } from '../objects/object-store';

const STORE_AWAY_RETRY_MS = 10_000;

/** Removes the objects of an app that was deleted. */
@Injectable()
export class ArtifactRemovalWorker {
  constructor(
    @Inject(OBJECT_STORE) private readonly store: ObjectStore,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Idempotent: what is gone already is as good as removed. */
  @HandlesJob(artifactRemovalJob)
  async remove({ payload, signal }: JobContext<z.infer<typeof artifactRemovalJob.schema>>): Promise<void> {
    for (const { objectKey } of payload.artifacts) {
      signal.throwIfAborted();
      try {
        await this.store.delete(objectKey);
      } catch (error) {
        // An object store that is away for an hour must not leave objects behind for ever.
        if (error instanceof DomainError && error.retryable) throw new HandBack(STORE_AWAY_RETRY_MS, error.message);
        throw error;
      }
    }
    this.logger.info({ appId: payload.appId, objects: payload.artifacts.length }, 'artifacts removed');
  }
}
