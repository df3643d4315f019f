import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { IngestJob } from '@osiris/contracts';
import { LOGGER, type Logger, Uploads } from '@osiris/service-kit';

const compressed = promisify(gzip);

/** At shutdown, uploads under way get this long, in milliseconds. */
const LAST_CHANCE_MS = 2_000;

/** Keeps the log of each ingestion as an artifact, compressed. An object store that is away costs the log, never the ingestion. */
@Injectable()
export class IngestionLogs implements OnModuleDestroy {
  private readonly underWay = new Set<Promise<void>>();

  constructor(
    private readonly uploads: Uploads,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Returns at once: the next job does not wait for the store. */
  keep({ appId, ingestionId }: IngestJob, lines: readonly string[]): void {
    const upload = compressed(lines.map((line) => `${line}\n`).join(''))
      .then((body) => this.uploads.put({ kind: 'ingestion-log', owner: { appId, ingestionId }, contentType: 'text/plain', contentEncoding: 'gzip' }, body))
      .then(
        () => undefined,
        (error: unknown) => this.logger.warn({ err: error, ingestionId }, 'The log of an ingestion could not be stored'),
      );
    this.underWay.add(upload);
    void upload.finally(() => this.underWay.delete(upload));
  }

  async onModuleDestroy(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, LAST_CHANCE_MS)));
    await Promise.race([Promise.all(this.underWay), late]);
    clearTimeout(timer);
  }
}
