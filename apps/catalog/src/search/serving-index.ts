import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { DomainError } from '@osiris/contracts';
import {
  type IndexStats, QueryError, type RelatedDocument, type SearchAnswer, type SearchDocument, type SearchOptions, type SearchQuery,
  SearchThread, SearchThreadBusy, SearchThreadLost, type Suggestion,
} from '@osiris/search'; // prettier-ignore
import { durations, gauge, Health, LOGGER, type Logger } from '@osiris/service-kit';

/** How long a question waits for the first index, in milliseconds. */
const FIRST_BUILD_PATIENCE_MS = 5_000;
const BUILD_RETRY_SECONDS = 2;

const BUCKETS = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.1, 0.5, 2.5];
const seconds = durations('osiris_search_index_duration_seconds', 'From asking the index to its answer, the way to its thread included', ['kind'] as const, BUCKETS);
const documentsGauge = gauge('osiris_search_index_documents', 'Apps in the search index');
const segmentsGauge = gauge('osiris_search_index_segments', 'Segments of the search index');
const bytesGauge = gauge('osiris_search_index_bytes', 'Memory of the columns of the search index');

interface Progress {
  read: number;
  of: number;
}

/** The search index in its thread: built, asked, and told of changes. */
@Injectable()
export class ServingIndex implements OnModuleInit, OnApplicationShutdown {
  private readonly thread = SearchThread.start();
  /** Of the build under way. */
  private progress: Progress | null = null;
  /** Milliseconds that the serving index took to build; null where none serves yet. */
  private builtMs: number | null = null;
  private readonly waiting = new Set<() => void>();

  constructor(
    private readonly health: Health,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.thread.onLost((error) => {
      this.logger.error({ err: error }, 'The search thread has ended; its index is built anew');
      this.builtMs = null;
    });
  }

  onModuleInit(): void {
    this.health.register('search', () => this.state());
  }

  async onApplicationShutdown(): Promise<void> {
    await this.thread.close();
  }

  /** The index is gone and has to be built. */
  onLost(listener: () => void): void {
    this.thread.onLost(listener);
  }

  /**
   * Builds an index beside the one that serves and has it serve.
   * @param of how many documents there are, about
   */
  async build(of: number, batches: AsyncIterable<readonly SearchDocument[]>): Promise<void> {
    const begun = performance.now();
    const progress = (this.progress = { read: 0, of });
    const build = this.thread.build();
    try {
      for await (const batch of batches) {
        await build.add(batch);
        progress.read += batch.length;
      }
      const stats = await build.finish();
      this.builtMs = Math.round(performance.now() - begun);
      this.show(stats);
      this.logger.info({ documents: stats.documents, bytes: stats.bytes, ms: this.builtMs }, 'The search index is built');
    } catch (error) {
      await build.abort();
      throw error;
    } finally {
      this.progress = null;
    }
    for (const go of this.waiting) go();
  }

  /** Adds or replaces; searches find it once this resolves. @throws SearchThreadLost */
  put(documents: readonly SearchDocument[]): Promise<void> {
    return this.thread.put(documents);
  }

  remove(ids: readonly string[]): Promise<void> {
    return this.thread.remove(ids);
  }

  /** @throws DomainError QUERY_INVALID, SERVICE_UNAVAILABLE */
  search(query: SearchQuery, options: SearchOptions): Promise<SearchAnswer> {
    return this.ask('search', () => this.thread.search(query, options));
  }

  suggest(text: string, limit: number): Promise<Suggestion[]> {
    return this.ask('suggest', () => this.thread.suggest(text, limit));
  }

  related(id: string, limit: number): Promise<RelatedDocument[]> {
    return this.ask('related', () => this.thread.related(id, limit));
  }

  /** Measures what there is, for `/metrics`. */
  async measure(): Promise<void> {
    if (this.builtMs !== null) this.show(await this.thread.stats());
  }

  private async ask<T>(kind: 'search' | 'suggest' | 'related', question: () => Promise<T>): Promise<T> {
    if (this.builtMs === null) await this.firstBuild();
    const done = seconds.startTimer({ kind });
    try {
      return await question();
    } catch (error) {
      throw asDomainError(error);
    } finally {
      done();
    }
  }

  /** @throws DomainError SERVICE_UNAVAILABLE where it takes too long to wait for */
  private async firstBuild(): Promise<void> {
    let go = (): void => undefined;
    let timer: NodeJS.Timeout | undefined;
    const built = new Promise<void>((resolve) => this.waiting.add((go = resolve)));
    const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, FIRST_BUILD_PATIENCE_MS)));
    await Promise.race([built, late]);
    clearTimeout(timer);
    this.waiting.delete(go);
    if (this.builtMs === null) {
      throw new DomainError('SERVICE_UNAVAILABLE', `The search index is being built (${this.told()}). Try again in a moment.`, { retryAfterSeconds: BUILD_RETRY_SECONDS });
    }
  }

  private async state(): Promise<{ status: 'up' | 'down'; message: string }> {
    if (this.builtMs === null) return { status: 'down', message: `building the index: ${this.told()}` };
    const stats = await this.thread.stats();
    this.show(stats);
    const { documents, segments } = stats;
    const rebuilding = this.progress ? `; being built anew: ${this.told()}` : '';
    return { status: 'up', message: `${documents} apps in ${segments.length} segments, built in ${this.builtMs} ms${rebuilding}` };
  }

  private told(): string {
    return this.progress ? `${this.progress.read} of ${this.progress.of}` : 'about to begin';
  }

  private show({ documents, segments, bytes }: IndexStats): void {
    documentsGauge.set(documents);
    segmentsGauge.set(segments.length);
    bytesGauge.set(bytes);
  }
}

export function asDomainError(error: unknown): unknown {
  if (error instanceof QueryError) {
    return new DomainError('QUERY_INVALID', error.message, { errors: [{ path: 'q', message: error.message }], cause: error });
  }
  if (error instanceof SearchThreadBusy || error instanceof SearchThreadLost) {
    const why = error instanceof SearchThreadBusy ? 'has more to do than it can answer in time' : 'is being built anew';
    return new DomainError('SERVICE_UNAVAILABLE', `The search index ${why}. Try again in a moment.`, { retryAfterSeconds: 1, cause: error });
  }
  return error;
}
