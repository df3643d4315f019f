import { createHash } from 'node:crypto';
import { setTimeout as delayed } from 'node:timers/promises';
import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { type SearchDocument, SearchThreadLost } from '@osiris/search';
import { LOGGER, type Logger } from '@osiris/service-kit';
import { AppChanges } from '../changes/app-changes';
import { Database } from '../database/database';
import { Interval } from '../lifecycle/interval';
import { AppViews } from './app-views';
import { lookAtChanges } from './committed-events';
import { ImportWatch } from './import-watch';
import { allDocuments, countApps, documentsOf } from './search-documents';
import { ServingIndex } from './serving-index';

/** How soon the commits of another process are seen, in milliseconds. */
const LOOK_EVERY_MS = 500;
const RETRY_MS = 1_000;
/** Apps read in one query. */
const READ_AT_ONCE = 500;
/** Documents whose last state is remembered, so that a launch's four events do not replace its app four times. */
const REMEMBERED = 5_000;

/**
 * Keeps the index at what the database says. It is built from the tables, and follows the outbox from the event that was
 * the last one before: every change of an app stands there, in the order of commits, whichever process made it.
 */
@Injectable()
export class IndexFeed implements OnApplicationBootstrap, OnApplicationShutdown {
  /** Id of the last event whose app is marked; null before the first build. */
  private position: number | null = null;
  private readonly changed = new Set<string>();
  private readonly lastPut = new Map<string, string>();
  private readonly imports = new ImportWatch({ mark: (ids) => this.mark(ids), rebuild: () => this.rebuild() });
  private readonly looking: Interval;
  private following: Promise<void> | undefined;
  private poked = false;
  private building: Promise<void> | undefined;
  private buildWanted = false;
  private stopped = false;

  constructor(
    private readonly database: Database,
    private readonly index: ServingIndex,
    private readonly views: AppViews,
    private readonly changes: AppChanges,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.looking = new Interval(LOOK_EVERY_MS, async () => this.poke(), logger, 'Changes could not be looked for');
  }

  onApplicationBootstrap(): void {
    this.changes.onCommit((ids) => this.mark(ids));
    this.changes.onImport((ids, number) => this.imports.came(ids, number));
    this.index.onLost(() => this.rebuild());
    this.rebuild();
    this.looking.start();
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    this.imports.stop();
    await this.looking.stop();
    await Promise.all([this.following, this.building]);
  }

  /** These apps are to be read anew. Returns at once. */
  mark(ids: readonly string[]): void {
    for (const id of ids) this.changed.add(id);
    this.poke();
  }

  /** Builds the index anew beside the one that serves. Returns at once. */
  rebuild(): void {
    this.buildWanted = true;
    if (this.stopped) return;
    this.building ??= this.buildUntilItServes().finally(() => (this.building = undefined));
  }

  private poke(): void {
    this.poked = true;
    if (this.stopped) return;
    this.following ??= this.follow().finally(() => {
      this.following = undefined;
      if (this.poked) this.poke();
    });
  }

  private async buildUntilItServes(): Promise<void> {
    while (this.buildWanted && !this.stopped) {
      this.buildWanted = false;
      try {
        const { seen, count } = await this.database.read(async (manager) => ({ seen: await lookAtChanges(manager, null), count: await countApps(manager) }));
        // What is committed from here on is followed; all before is in the tables by now.
        this.position ??= seen.latest;
        this.imports.readWith(seen.imports);
        await this.index.build(count, this.whileRunning(allDocuments(this.database)));
      } catch (error) {
        if (this.stopped) return;
        this.logger.error({ err: error }, 'The search index could not be built, trying again');
        this.buildWanted = true;
        await delayed(RETRY_MS, undefined, { ref: false });
      }
    }
  }

  private async *whileRunning<T>(batches: AsyncGenerator<T>): AsyncGenerator<T> {
    for await (const batch of batches) {
      if (this.stopped) throw new Error('The catalog stops');
      yield batch;
    }
  }

  private async follow(): Promise<void> {
    while (this.poked && !this.stopped) {
      this.poked = false;
      try {
        await this.look();
        await this.apply();
      } catch (error) {
        // What is marked stays marked: the next look tries again.
        if (!this.stopped) this.logger.warn({ err: error }, 'The search index could not be brought up to date, trying again');
        return;
      }
    }
  }

  private async look(): Promise<void> {
    for (;;) {
      const from = this.position;
      if (from === null) return;
      const seen = await this.database.read((manager) => lookAtChanges(manager, from));
      if (seen.prunedThrough > from) {
        // Events between were removed before they were seen here.
        this.position = seen.latest;
        this.rebuild();
        return;
      }
      this.imports.noticed(seen.imports);
      this.views.forget(seen.appIds);
      for (const id of seen.appIds) this.changed.add(id);
      this.position = seen.through;
      if (!seen.more) return;
    }
  }

  private async apply(): Promise<void> {
    while (this.changed.size > 0) {
      const ids = [...this.changed].slice(0, READ_AT_ONCE);
      for (const id of ids) this.changed.delete(id);
      try {
        const documents = await this.database.read((manager) => documentsOf(manager, ids));
        const there = new Set(documents.map(({ id }) => id));
        const gone = ids.filter((id) => !there.has(id));
        for (const id of gone) this.lastPut.delete(id);
        const differing = documents.filter((document) => this.differs(document));
        if (gone.length > 0) await this.index.remove(gone);
        if (differing.length > 0) await this.putAll(differing);
      } catch (error) {
        // Without its thread there is nothing to change: the index that comes is built from the tables.
        if (error instanceof SearchThreadLost) return;
        for (const id of ids) {
          this.changed.add(id);
          this.lastPut.delete(id);
        }
        throw error;
      }
    }
  }

  /** One that the index cannot take must not keep the others out: it is left out, and the log says so. */
  private async putAll(documents: readonly SearchDocument[]): Promise<void> {
    try {
      await this.index.put(documents);
    } catch (error) {
      if (error instanceof SearchThreadLost) throw error;
      const [only] = documents;
      if (only && documents.length === 1) {
        this.logger.error({ err: error, appId: only.id }, 'An app could not be put into the search index');
        return;
      }
      const half = documents.length >>> 1;
      await this.putAll(documents.slice(0, half));
      await this.putAll(documents.slice(half));
    }
  }

  private differs(document: SearchDocument): boolean {
    const state = createHash('sha1').update(JSON.stringify(document)).digest('base64');
    if (this.lastPut.get(document.id) === state) return false;
    this.lastPut.delete(document.id);
    this.lastPut.set(document.id, state);
    for (const id of this.lastPut.keys()) {
      if (this.lastPut.size <= REMEMBERED) break;
      this.lastPut.delete(id);
    }
    return true;
  }
}
