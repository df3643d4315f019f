import { Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import { LaunchEntity } from './launch.entity';

/** Runners report every 5 s; one that has not for this long counts for nothing. */
const FRESH_MS = 30_000;

/** How many launches the runners together have room for, as they reported it. In memory: known again after 5 s. */
@Injectable()
export class RunnerCapacity {
  private readonly reports = new Map<string, { capacity: number; at: number }>();

  note(runnerId: string, capacity: number): void {
    this.reports.set(runnerId, { capacity, at: Date.now() });
  }

  /** True where another launch fits, and where no runner has reported: then the launch waits for one. */
  async hasRoom(manager: EntityManager): Promise<boolean> {
    const since = Date.now() - FRESH_MS;
    const fresh = [...this.reports.values()].filter(({ at }) => at > since);
    if (fresh.length === 0) return true;
    const total = fresh.reduce((sum, { capacity }) => sum + capacity, 0);
    return (await manager.countBy(LaunchEntity, { status: In(['pending', 'starting', 'running']) })) < total;
  }
}
