import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { ENV, LOGGER, type Logger, Nats, runWithTrace } from '@osiris/service-kit';
import { In, IsNull, LessThanOrEqual, MoreThan } from 'typeorm';
import { Database, type Transaction } from '../database/database';
import type { Env } from '../env';
import { ClockWatch } from '../lifecycle/clock-watch';
import { Interval } from '../lifecycle/interval';
import { LaunchEntity } from './launch.entity';
import { LaunchLifecycle } from './launch-lifecycle';

const LOOK_EVERY_MS = 1_000;
const BATCH = 100;
/** Gateways report every ten seconds: until they had the time to, nobody can be said to be idle. */
const REPORTS_SETTLE_MS = 20_000;
/** Use just before the end is told this much later, at most. */
const REPORTS_LATE_MS = 12_000;

/** Ends launches that nobody uses any more. */
@Injectable()
export class LaunchIdle implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly interval: Interval;
  private readonly idleMs: number;
  /** Of `performance.now()`: reports were lost until then, so that use may be later than is known. */
  private deafUntil = 0;
  /** The `idleAt` that clients were told last, by launch. */
  private readonly told = new Map<string, number>();

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
    await this.database.write(async (tx) => {
      const until = new Map(items.map(({ launchId, at }) => [launchId, Math.min(Date.parse(at), tx.now) + this.idleMs]));
      for (const row of await tx.manager.findBy(LaunchEntity, { id: In([...until.keys()]), status: 'running' })) {
        const idleAt = until.get(row.id) ?? 0;
        if (row.idleAt !== null && row.idleAt >= idleAt) continue;
        row.idleAt = idleAt;
        await tx.manager.update(LaunchEntity, { id: row.id }, { idleAt });
        await this.tell(tx, row, idleAt);
      }
      for (const [id, told] of this.told) if (told < tx.now) this.told.delete(id);
    });
  }

  /** Whoever counts down is told before half of what he knows of is over: not each ten seconds, and never too late. */
  private async tell(tx: Transaction, row: LaunchEntity, idleAt: number): Promise<void> {
    const known = this.told.get(row.id) ?? (row.startedAt ?? 0) + this.idleMs;
    if (known - tx.now > this.idleMs / 2) return;
    this.told.set(row.id, idleAt);
    await this.lifecycle.report(tx, row);
  }

  /** Ends what is idle, unless nothing could be heard of use in the last moments. */
  async look(): Promise<void> {
    await this.clock.check();
    if (performance.now() >= this.deafUntil) await this.endIdle();
  }

  async endIdle(): Promise<void> {
    const idle = () => ({ status: 'running' as const, idleAt: LessThanOrEqual(Date.now() - REPORTS_LATE_MS) });
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
