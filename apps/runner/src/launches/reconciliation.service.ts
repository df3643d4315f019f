import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { launchReconcile } from '@osiris/contracts';
import { LOGGER, type Logger, Requests } from '@osiris/service-kit';
import type { z } from 'zod';
import { EngineGate } from '../engine/engine-gate.service';
import { PreviewRoutes } from '../previews/preview-routes.service';
import { Previews } from '../previews/previews.service';
import { WarmPool } from '../seats/warm-pool.service';
import { LaunchAdoption } from './launch-adoption.service';
import { LaunchEnder } from './launch-ender.service';

const EVERY_MS = 5_000;
const SOON_MS = 300;
/** A stop job may be on its way to a launch that the catalog no longer wants: it goes first, it keeps the log. */
const UNWANTED_TIMES = 2;

/** Brings what runs here and what the catalog believes together, every few seconds. */
@Injectable()
export class Reconciliation implements OnModuleInit, OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;
  private catalogAway = false;
  private stopped = false;
  private working = false;

  constructor(
    private readonly engine: EngineGate,
    private readonly previews: Previews,
    private readonly routes: PreviewRoutes,
    private readonly adoption: LaunchAdoption,
    private readonly ender: LaunchEnder,
    private readonly pool: WarmPool,
    private readonly requests: Requests,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onModuleInit(): void {
    this.schedule();
    // What happened while there was no runner, or no engine, is known soon after.
    this.engine.onOpen(() => this.working || this.schedule(SOON_MS));
  }

  onApplicationShutdown(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  /** One round. A catalog that does not answer changes nothing: previews go on. */
  async round(): Promise<void> {
    const { runner } = this.engine;
    if (!runner || !this.engine.isOpen) return;
    const sweep = await this.adoption.sweep();
    // What is told below counts as all there is: without the engine's own word the catalog would fail healthy launches.
    if (!sweep) return;
    const running = [...new Set([...this.previews.launchIds(), ...sweep.unread])];
    let answer: Awaited<ReturnType<typeof this.ask>>;
    try {
      answer = await this.ask({ runnerId: runner.id, capacity: runner.capacity, running });
    } catch (error) {
      if (!this.catalogAway) this.logger.warn({ err: error }, 'The catalog does not answer: previews go on as they are');
      this.catalogAway = true;
      return;
    }
    if (this.catalogAway) this.logger.info('The catalog answers again');
    this.catalogAway = false;
    this.pool.want(answer.seats);
    for (const { launchId, keep, expiresAt } of answer.items) {
      await this.apply(launchId, keep, expiresAt).catch((error: unknown) => this.later(launchId, error));
    }
  }

  private ask(report: z.input<typeof launchReconcile.input>) {
    return this.requests.send(launchReconcile, report);
  }

  private async apply(launchId: string, keep: boolean, expiresAt: string | null): Promise<void> {
    const preview = this.previews.get(launchId);
    if (!preview || preview.ending || this.previews.isInWork(launchId)) return;
    if (!keep) {
      preview.unwanted += 1;
      // Not waited for: a removal that hangs in the engine keeps nobody else from being reconciled.
      if (preview.unwanted >= UNWANTED_TIMES) this.ender.discard(preview).catch((error: unknown) => this.later(launchId, error));
      return;
    }
    preview.unwanted = 0;
    if (expiresAt !== null) preview.expiresAt = expiresAt;
    if (preview.route) await this.routes.ensure(preview.route);
  }

  private later(launchId: string, error: unknown): void {
    this.logger.warn({ err: error, launchId }, 'A preview could not be reconciled yet');
  }

  private schedule(afterMs = EVERY_MS): void {
    clearTimeout(this.timer);
    if (this.stopped) return;
    this.timer = setTimeout(() => {
      this.working = true;
      void this.round()
        .catch((error: unknown) => this.logger.warn({ err: error }, 'A round of reconciliation failed'))
        .finally(() => {
          this.working = false;
          this.schedule();
        });
    }, afterMs);
    this.timer.unref();
  }
}
