import { Inject, Injectable } from '@nestjs/common';
import type { IngestionWarning, IngestJob } from '@osiris/contracts';
import { LOGGER, type Logger, Uploads } from '@osiris/service-kit';
import { CYCLONEDX_MEDIA_TYPE, cycloneDxDocument, type DescribedApp } from './cyclonedx-document';
import type { Materials } from './materials';

/** Keeps what an app is made of as an artifact, one for each reading. A store that is away costs the bill, never the ingestion. */
@Injectable()
export class BillsOfMaterials {
  constructor(
    private readonly uploads: Uploads,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** @returns `storeAway`: another reading of the same commit may store it */
  async store(app: DescribedApp, materials: Materials, { appId, ingestionId }: Pick<IngestJob, 'appId' | 'ingestionId'>): Promise<{ warnings: IngestionWarning[]; storeAway: boolean }> {
    try {
      await this.uploads.put({ kind: 'bill-of-materials', owner: { appId, ingestionId }, contentType: CYCLONEDX_MEDIA_TYPE }, Buffer.from(cycloneDxDocument(app, materials)));
      return { warnings: [], storeAway: false };
    } catch (error) {
      this.logger.warn({ err: error, ingestionId }, 'The bill of materials of an app could not be stored');
      return { warnings: [{ code: 'FILE_UNREADABLE', message: 'The bill of materials could not be stored; the next reading tries again', path: null, line: null }], storeAway: true };
    }
  }
}
