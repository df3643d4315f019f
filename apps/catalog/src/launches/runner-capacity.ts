import { Injectable } from '@nestjs/common';
import { LAUNCH_PLACES, type LaunchProfile } from '@osiris/contracts';
import { type EntityManager, In } from 'typeorm';
import { LaunchEntity } from './launch.entity';

/** Runners report every 5 s; one that has not for this long counts for nothing. */
const FRESH_MS = 30_000;

/** How many small launches the runners together have room for, as they reported it; larger ones take several places. In memory: known again after 5 s. */
@Injectable()
export class RunnerCapacity {
  private readonly reports = new Map<string, { capacity: number; at: number }>();

  note(runnerId: string, capacity: number): void {
    this.reports.set(runnerId, { capacity, at: Date.now() });
  }

  /** True where another launch of the profile fits, and where no runner has reported: then the launch waits for one. */
  async hasRoom(manager: EntityManager, profile: LaunchProfile): Promise<boolean> {
    const since = Date.now() - FRESH_MS;
    const fresh = [...this.reports.values()].filter(({ at }) => at > since);
    if (fresh.length === 0) return true;
    const total = fresh.reduce((sum, { capacity }) => sum + capacity, 0);
    const taken = await manager
      .createQueryBuilder(LaunchEntity, 'launch')
      .select('launch.profile', 'profile')
      .addSelect('COUNT(*)', 'launches')
      .where({ status: In(['pending', 'starting', 'running']) })
      .groupBy('launch.profile')
      .getRawMany<{ profile: LaunchProfile; launches: number | string }>();
    const places = taken.reduce((sum, row) => sum + LAUNCH_PLACES[row.profile] * Number(row.launches), 0);
    return places + LAUNCH_PLACES[profile] <= total;
  }
}
