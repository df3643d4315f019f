import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { ENV, LOGGER, type Logger, Nats, runWithTrace } from '@osiris/service-kit';
import { IsNull, LessThanOrEqual, MoreThan } from 'typeorm';
import { Database } from '../database/database';
import type { Env } from '../env';
import { ClockWatch } from '../lifecycle/clock-watch';
import { Interval } from '../lifecycle/interval';
import { LaunchEntity } from './launch.entity';
import { LaunchLifecycle } from './launch-lifecycle';

const LOOK_EVERY_MS = 1_000;
const BATCH = 100;
/** Gateways report every ten seconds: until they had the time to, nobody can be said to be idle. */
const REPORTS_SETTLE_MS = 20_000;

/** Ends launches that nobody uses any more. */
@Injectable()
export class LaunchIdle implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly interval: Interval;
  private readonly idleMs: number;
  /** Of `performance.now()`: reports were lost until then, so that use may be later than is known. */
  private deafUntil = 0;

  constructor(
    private readonly database: Database,
    private readonly lifecycle: LaunchLifecycle,
    private readonly nats: Nats,
    private readonly clock: ClockWatch,
    @Inject(ENV) env: Env,
    @Inject(LOGGER) logger: Logger,
  ) {
    this.idleMs = env.LAUNCH_IDLE_SECONDS * 1_000;
    this.interval = new Interval(LOOK_EVERY_MS, () => this.look(), logger, 'Idle launches could not be ended');
  }

  async onApplicationBootstrap(): Promise<void> {
    this.deaf();
    this.nats.onReconnect(() => this.deaf());
    // Nobody could use anything in a time that has not passed.
    this.clock.onLeap((leapMs) => this.shift(leapMs));
    await this.database.write(async ({ manager, now }) => {
      // The setting may have been another one when they began to run.
      if (this.idleMs === 0) await manager.update(LaunchEntity, { status: 'running' }, { idleAt: null });
      else {
        await manager.update(LaunchEntity, { status: 'running', idleAt: IsNull() }, { idleAt: now + this.idleMs });
        await manager.update(LaunchEntity, { status: 'running', idleAt: MoreThan(now + this.idleMs) }, { idleAt: now + this.idleMs });
      }
    });
    if (this.idleMs > 0) this.interval.start();
  }

  onApplicationShutdown(): Promise<void> {
    return this.interval.stop();
  }

  /** Takes note of use: it never shortens the time that is left. A gateway's clock that is ahead gives none in advance. */
  async used(items: readonly { launchId: string; at: string }[]): Promise<void> {
    if (this.idleMs === 0 || items.length === 0) return;
    await this.database.write(async ({ manager, now }) => {
      for (const { launchId, at } of items) {
        const idleAt = Math.min(Date.parse(at), now) + this.idleMs;
        await manager.update(LaunchEntity, { id: launchId, status: 'running', idleAt: LessThanOrEqual(idleAt) }, { idleAt });
      }
    });
  }

  /** Ends what is idle, unless nothing could be heard of use in the last moments. */
  async look(): Promise<void> {
    await this.clock.check();
    if (performance.now() >= this.deafUntil) await this.endIdle();
  }

  async endIdle(): Promise<void> {
    const idle = () => ({ status: 'running' as const, idleAt: LessThanOrEqual(Date.now()) });
    if (!(await this.database.read((manager) => manager.existsBy(LaunchEntity, idle())))) return;
    await runWithTrace(undefined, () =>
      this.database.write(async (tx) => {
        for (const row of await tx.manager.find(LaunchEntity, { where: idle(), take: BATCH })) await this.lifecycle.stop(tx, row, 'idle');
      }),
    );
  }

  /** Reports may have been lost until now: for some moments nobody is ended. */
  deaf(): void {
    this.deafUntil = performance.now() + REPORTS_SETTLE_MS;
  }

  private async shift(leapMs: number): Promise<void> {
    if (this.idleMs > 0) await this.database.write(({ manager }) => manager.increment(LaunchEntity, { status: 'running' }, 'idleAt', leapMs));
  }
}
