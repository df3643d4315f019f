import { Inject, Injectable } from '@nestjs/common';
import { artifactRemovalJob, DomainError } from '@osiris/contracts';
import { HandBack, HandlesJob, type JobContext, LOGGER, type Logger } from '@osiris/service-kit';
import type { z } from 'zod';
import { OBJECT_STORE, type ObjectStore } from '../objects/object-store';

const STORE_AWAY_RETRY_MS = 2_000;

/** Removes the objects of an app that was deleted, and artifacts past their time. */
@Injectable()
export class ArtifactRemovalWorker {
  constructor(
    @Inject(OBJECT_STORE) private readonly store: ObjectStore,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /**
   * Idempotent: what is gone already is as good as removed. One object that cannot be removed does not keep the others.
   * @throws HandBack while the store is away; the first other failure once every object was tried
   */
  @HandlesJob(artifactRemovalJob)
  async remove({ payload, signal }: JobContext<z.infer<typeof artifactRemovalJob.schema>>): Promise<void> {
    const failures: unknown[] = [];
    for (const { id, objectKey } of payload.artifacts) {
      signal.throwIfAborted();
      try {
        await this.store.delete(objectKey);
      } catch (error) {
        // An object store that is away for an hour must not leave objects behind for ever.
        if (error instanceof DomainError && error.retryable) throw new HandBack(STORE_AWAY_RETRY_MS, error.message);
        this.logger.warn({ err: error, artifactId: id }, 'An artifact cannot be removed');
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
    this.logger.info({ appId: payload.appId, objects: payload.artifacts.length }, 'artifacts removed');
  }
}
