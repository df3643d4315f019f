import { readFile } from 'node:fs/promises';
import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { launchStatsSubject } from '@osiris/contracts';
import { Sandboxes, SANDBOX_PROFILES, type SandboxUsage } from '@osiris/engine';
import { LOGGER, type Logger, Nats } from '@osiris/service-kit';
import { EngineGate } from '../engine/engine-gate.service';
import type { Preview } from '../previews/preview';
import { Previews } from '../previews/previews.service';
import { cgroupFiles, type CgroupFiles, cgroupUsage } from './cgroup-usage';
import { launchStats, type Sample, type StatsOf } from './usage';

const EVERY_MS = 2_000;

interface Watched {
  of: StatsOf;
  /** Null: only the engine can tell. */
  files: CgroupFiles | null;
  last: Sample | undefined;
}

/**
 * Tells what running launches use, to whoever listens (core NATS, nothing is kept). From the kernel's own files where
 * they can be seen, which costs next to nothing; else from the engine.
 */
@Injectable()
export class LaunchStatsSampler implements OnModuleInit, OnApplicationShutdown {
  private readonly watched = new WeakMap<Preview, Watched>();
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;

  constructor(
    private readonly previews: Previews,
    private readonly sandboxes: Sandboxes,
    private readonly engine: EngineGate,
    private readonly nats: Nats,
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
      void this.round().finally(() => this.stopped || this.schedule());
    }, EVERY_MS);
    this.timer.unref();
  }

  /** One after the other: figures are worth no burst of requests to the engine. */
  private async round(): Promise<void> {
    if (!this.nats.connected || !this.engine.isOpen) return;
    for (const preview of this.previews.all()) {
      if (this.stopped) return;
      if (preview.ending || preview.died.signal.aborted || !preview.address) continue;
      await this.sample(preview).catch((error: unknown) => this.logger.debug({ err: error, launchId: preview.launchId }, 'What a launch uses could not be read'));
    }
  }

  private async sample(preview: Preview): Promise<void> {
    const watched = this.watched.get(preview) ?? (await this.watch(preview));
    if (!watched) return;
    const usage = await this.usage(preview, watched);
    if (!usage) return void this.watched.delete(preview);
    const now = { ...usage, atMs: performance.now() };
    const { last } = watched;
    watched.last = now;
    if (!last || !this.nats.connected) return;
    this.nats.connection.publish(launchStatsSubject(preview.appId), JSON.stringify(launchStats(watched.of, last, now, new Date().toISOString())));
  }

  private async watch(preview: Preview): Promise<Watched | undefined> {
    const { launchId, appId, containerId } = preview;
    const state = await this.sandboxes.inspect(containerId);
    if (state?.phase !== 'running') return undefined;
    const profile = Object.values(SANDBOX_PROFILES).find(({ memoryBytes }) => memoryBytes === state.memoryBytes) ?? SANDBOX_PROFILES.small;
    // An engine elsewhere gives ids of its own host: the text says whose process this is.
    const text = state.pid === null ? '' : await readFile(`/proc/${state.pid}/cgroup`, 'utf8').catch(() => '');
    const watched = {
      of: { appId, launchId, memoryLimitBytes: state.memoryBytes, cpuLimit: Math.min(profile.cpus, this.engine.cpus) },
      files: cgroupFiles(text, containerId),
      last: undefined,
    };
    this.watched.set(preview, watched);
    return watched;
  }

  private async usage({ containerId }: Preview, watched: Watched): Promise<SandboxUsage | null> {
    const seen = watched.files && (await cgroupUsage(watched.files));
    return seen ?? (await this.sandboxes.usage(containerId)) ?? null;
  }
}
