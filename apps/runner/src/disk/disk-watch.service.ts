import { statfs } from 'node:fs/promises';
import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { EngineConnection, engineFolder, writtenBytes } from '@osiris/engine';
import { ENV, LOGGER, type Logger } from '@osiris/service-kit';
import { EngineGate } from '../engine/engine-gate.service';
import type { RunnerEnv } from '../env';
import { LaunchEnder } from '../launches/launch-ender.service';
import { Previews } from '../previews/previews.service';
import { isTimeToLook } from './disk-look';

const EVERY_MS = 1_000;
const MIB = 1024 * 1024;

/**
 * Ends launches that write more than they may. Where an app bears a root that cannot be written to there is nothing to fill;
 * for the others overlay2 has no quota on the usual file systems, so they are watched: the engine's disk each second, which
 * costs nothing, and what each has written where that disk fills, or now and then.
 */
@Injectable()
export class DiskWatch implements OnModuleInit, OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;
  private folder: string | undefined;
  private lookedAt = 0;
  private freeAtLook: number | undefined;

  constructor(
    private readonly connection: EngineConnection,
    private readonly engine: EngineGate,
    private readonly previews: Previews,
    private readonly ender: LaunchEnder,
    @Inject(ENV) private readonly env: RunnerEnv,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onModuleInit(): void {
    this.schedule();
  }

  onApplicationShutdown(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  private schedule(): void {
    this.timer = setTimeout(() => {
      void this.round()
        .catch((error: unknown) => this.logger.debug({ err: error }, 'What launches have written could not be looked at'))
        .finally(() => this.stopped || this.schedule());
    }, EVERY_MS);
    this.timer.unref();
  }

  private async round(): Promise<void> {
    if (!this.engine.isOpen || this.previews.all().length === 0) return;
    const free = await this.freeBytes();
    const now = performance.now();
    if (!isTimeToLook({ sinceLookMs: now - this.lookedAt, free, freeAtLook: this.freeAtLook })) return;
    this.lookedAt = now;
    this.freeAtLook = free;
    await this.look();
  }

  private async look(): Promise<void> {
    const written = await writtenBytes(this.connection, this.env.HUB_ID);
    const limit = this.env.LAUNCH_DISK_BYTES;
    for (const preview of this.previews.all()) {
      const bytes = written.get(preview.containerId) ?? 0;
      if (bytes <= limit || preview.ending) continue;
      const message = `The app has written ${Math.round(bytes / MIB)} MiB of the ${Math.round(limit / MIB)} MiB that it may. /tmp is memory of its own; what else it writes is gone with the launch.`;
      this.logger.warn({ launchId: preview.launchId, bytes }, 'A launch has filled its disk');
      // Not waited for: the others may be at it, too.
      this.ender.end(preview, { outcome: 'failed', error: { code: 'DISK_FULL', message } }).catch((error: unknown) => this.logger.warn({ err: error, launchId: preview.launchId }, 'A launch that fills its disk could not be ended yet'));
    }
  }

  /** Undefined where the engine's disk is not this machine's, or closed to this process. */
  private async freeBytes(): Promise<number | undefined> {
    this.folder ??= await engineFolder(this.connection);
    try {
      const { bavail, bsize } = await statfs(this.folder);
      return bavail * bsize;
    } catch {
      return undefined;
    }
  }
}
