import { Injectable } from '@nestjs/common';
import type { launchReconcile } from '@osiris/contracts';
import { type EntityManager, In } from 'typeorm';
import type { z } from 'zod';
import { Database } from '../database/database';
import { instant } from '../lifecycle/leased-row';
import { LaunchEntity } from './launch.entity';
import { LaunchLifecycle } from './launch-lifecycle';
import { LaunchQueue } from './launch-queue';
import { RunnerCapacity } from './runner-capacity';
import { SeatWishes } from './seat-wishes';

/** A runner lists its containers, then asks; a launch that began to run in between is not missing. */
const SETTLED_MS = 5_000;
/** A stopping launch stays kept: its stop job removes the container and reports the end. */
const KEPT = ['pending', 'starting', 'running', 'stopping'];

/** Compares what a runner has with what the catalog believes it has. */
@Injectable()
export class LaunchReconciliation {
  constructor(
    private readonly database: Database,
    private readonly lifecycle: LaunchLifecycle,
    private readonly capacity: RunnerCapacity,
    private readonly queue: LaunchQueue,
    private readonly seats: SeatWishes,
  ) {}

  async reconcile(input: z.output<typeof launchReconcile.input>): Promise<z.input<typeof launchReconcile.output>> {
    const { runnerId, capacity, running } = input;
    this.capacity.note(runnerId, capacity);
    await this.queue.look();
    const { rows, missing } = await this.database.read(async (manager) => ({
      rows: running.length === 0 ? [] : await manager.findBy(LaunchEntity, { id: In(running) }),
      missing: await missingAt(manager, input),
    }));
    if (missing.length > 0) {
      await this.database.write(async (tx) => {
        for (const row of await missingAt(tx.manager, input)) {
          await this.lifecycle.advance(tx, row, 'vanished', {
            error: { code: 'CONTAINER_GONE', message: 'The container is no longer there: it was removed, or its engine lost it.' },
          });
        }
      });
    }
    const byId = new Map(rows.map((row) => [row.id, row]));
    return {
      items: running.map((launchId) => {
        const row = byId.get(launchId);
        const keep = row !== undefined && KEPT.includes(row.status);
        return { launchId, keep, expiresAt: row ? instant(row.expiresAt) : null };
      }),
      seats: await this.seats.all(),
    };
  }
}

/** Launches that should run there and do not. */
async function missingAt(manager: EntityManager, { runnerId, running }: { runnerId: string; running: readonly string[] }): Promise<LaunchEntity[]> {
  const now = Date.now();
  const believed = await manager.findBy(LaunchEntity, { status: 'running', runnerId });
  // One that began in the future did so before the clock was set back.
  const settled = believed.filter(({ startedAt }) => startedAt === null || startedAt < now - SETTLED_MS || startedAt > now);
  return settled.filter(({ id }) => !running.includes(id));
}
