import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { LOGGER, type Logger, runWithTrace } from '@osiris/service-kit';
import { In, LessThanOrEqual } from 'typeorm';
import { Database } from '../database/database';
import { Interval } from '../lifecycle/interval';
import { LaunchEntity } from './launch.entity';
import { LaunchLifecycle } from './launch-lifecycle';

const LOOK_EVERY_MS = 1_000;
const BATCH = 100;

/** Ends launches whose time is up. */
@Injectable()
export class LaunchExpiry implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly interval: Interval;

  constructor(
    private readonly database: Database,
    private readonly lifecycle: LaunchLifecycle,
    @Inject(LOGGER) logger: Logger,
  ) {
    this.interval = new Interval(LOOK_EVERY_MS, () => this.expireDue(), logger, 'Expired launches could not be ended');
  }

  onApplicationBootstrap(): void {
    this.interval.start();
  }

  onApplicationShutdown(): Promise<void> {
    return this.interval.stop();
  }

  async expireDue(): Promise<void> {
    const due = { status: In(['pending', 'starting', 'running']), expiresAt: LessThanOrEqual(Date.now()) };
    if (!(await this.database.read((manager) => manager.existsBy(LaunchEntity, due)))) return;
    await runWithTrace(undefined, () =>
      this.database.write(async (tx) => {
        for (const row of await tx.manager.find(LaunchEntity, { where: due, take: BATCH })) await this.lifecycle.expire(tx, row);
      }),
    );
  }
}
