import { Injectable } from '@nestjs/common';
import { LAUNCH_PLACES, type LaunchProfile } from '@osiris/contracts';
import type { EntityManager } from 'typeorm';
import { select } from '../database/select';
import type { Room } from './launch-order';

/** Runners report every 5 s; one that has not for this long counts for nothing. */
const FRESH_MS = 30_000;

/** How many small launches the runners together have room for, as they reported it; larger ones take several places. In memory: known again after 5 s. */
@Injectable()
export class RunnerCapacity {
  /** `at` of `performance.now()`: a clock that is set makes no runner stale. */
  private readonly reports = new Map<string, { capacity: number; at: number }>();

  note(runnerId: string, capacity: number): void {
    this.reports.set(runnerId, { capacity, at: performance.now() });
  }

  /** Null where no runner has reported: then a launch waits for one in its queue, however many there are. */
  async room(manager: EntityManager): Promise<Room | null> {
    const since = performance.now() - FRESH_MS;
    const fresh = [...this.reports.values()].filter(({ at }) => at > since);
    if (fresh.length === 0) return null;
    const total = fresh.reduce((sum, { capacity }) => sum + capacity, 0);
    // What waits for room (`waiting-launches.ts`) has none.
    const taken = await select<{ profile: LaunchProfile; launches: number | string }>(
      manager,
      `SELECT profile AS "profile", COUNT(*) AS "launches" FROM launches
       WHERE (status = 'pending' AND job_message_id IS NOT NULL) OR status IN ('starting', 'running') GROUP BY profile`,
    );
    return { total, free: total - taken.reduce((sum, row) => sum + LAUNCH_PLACES[row.profile] * Number(row.launches), 0) };
  }
}
