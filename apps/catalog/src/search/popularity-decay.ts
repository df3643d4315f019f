import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { LOGGER, type Logger } from '@osiris/service-kit';
import { Database } from '../database/database';
import { select } from '../database/select';
import { Interval } from '../lifecycle/interval';
import { POPULARITY_WINDOW_MS } from '../repositories/app-view';
import { AppViews } from './app-views';
import { IndexFeed } from './index-feed';
import { ServingIndex } from './serving-index';

const LOOK_EVERY_MS = 30_000;

/** Popularity fades without anybody's doing: launches grow older than those that count. */
@Injectable()
export class PopularityDecay implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly interval: Interval;
  /** Launches up to this time are counted as old everywhere. */
  private through = Date.now() - POPULARITY_WINDOW_MS;

  constructor(
    private readonly database: Database,
    private readonly feed: IndexFeed,
    private readonly views: AppViews,
    private readonly index: ServingIndex,
    @Inject(LOGGER) logger: Logger,
  ) {
    this.interval = new Interval(LOOK_EVERY_MS, () => this.look(), logger, 'Popularity could not be brought up to date');
  }

  onApplicationBootstrap(): void {
    this.interval.start();
  }

  onApplicationShutdown(): Promise<void> {
    return this.interval.stop();
  }

  /** Marks the apps of which a launch has left the window since the last look. */
  async look(now = Date.now()): Promise<void> {
    const until = now - POPULARITY_WINDOW_MS;
    const sql = 'SELECT DISTINCT repository_id AS "id" FROM launches WHERE created_at > ? AND created_at <= ?';
    const rows = await this.database.read((manager) => select<{ id: string }>(manager, sql, [this.through, until]));
    this.through = until;
    const ids = rows.map(({ id }) => id);
    this.views.forget(ids);
    this.feed.mark(ids);
    await this.index.measure();
  }
}
