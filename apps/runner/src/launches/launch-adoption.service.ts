import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { EngineConnection, listeningSockets, placesOf, type SandboxState, type SandboxSummary, Sandboxes, watchSandboxExits } from '@osiris/engine';
import { ENV, LOGGER, type Logger } from '@osiris/service-kit';
import { EngineGate } from '../engine/engine-gate.service';
import type { RunnerEnv } from '../env';
import { givenEnv } from '../output/secret-mask';
import type { Preview } from '../previews/preview';
import { PreviewRoutes } from '../previews/preview-routes.service';
import { Previews } from '../previews/previews.service';
import { planPorts } from '../readiness/ports';
import { waitUntilReady } from '../readiness/readiness';
import { WarmPool } from '../seats/warm-pool.service';
import { ImageFactsCache } from './image-facts-cache';
import { LaunchEnder } from './launch-ender.service';

/** What a completed look at the engine showed. */
export interface Sweep {
  /** Launches whose containers are there and could not be looked into: nothing of them is known here yet. */
  unread: string[];
}

/** Keeps this runner's picture of its containers true: finds those of a former life, and hears of those that die. */
@Injectable()
export class LaunchAdoption implements OnModuleInit, OnApplicationShutdown {
  private readonly shutdown = new AbortController();
  private sweeping: Promise<Sweep | undefined> | undefined;

  constructor(
    private readonly connection: EngineConnection,
    private readonly engine: EngineGate,
    private readonly sandboxes: Sandboxes,
    private readonly images: ImageFactsCache,
    private readonly previews: Previews,
    private readonly routes: PreviewRoutes,
    private readonly ender: LaunchEnder,
    private readonly pool: WarmPool,
    @Inject(ENV) private readonly env: RunnerEnv,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onModuleInit(): void {
    this.engine.onOpen(() => void this.sweep());
    void watchSandboxExits(
      this.connection,
      this.env.HUB_ID,
      {
        exited: ({ containerId, launchId }) => {
          const preview = launchId === undefined ? undefined : this.previews.get(launchId);
          if (preview?.containerId === containerId) this.died(preview);
          else this.pool.died(containerId);
        },
        // Ends that happened while nobody listened.
        connected: () => void this.sweep(),
      },
      this.shutdown.signal,
    );
  }

  onApplicationShutdown(): void {
    // Containers stay: a preview outlives the restart of the service that watches it.
    this.shutdown.abort();
  }

  /**
   * Compares what is known with what the engine has. Never throws: it is done again soon.
   * @returns undefined where the engine has not told what it has, so that nobody takes what is known here for all there is
   */
  sweep(): Promise<Sweep | undefined> {
    this.sweeping ??= this.compare()
      .catch((error: unknown) => void this.logger.warn({ err: error }, 'The containers could not be compared'))
      .finally(() => (this.sweeping = undefined));
    return this.sweeping;
  }

  /** Takes a container that has no preview here as one. */
  async track(state: SandboxState): Promise<Preview> {
    const preview = this.previews.track(state, await this.givenTo(state));
    preview.places = placesOf(state.memoryBytes);
    // One that was made and never started has nothing to follow: its job comes again and starts it, or nobody wants it.
    if (state.phase !== 'created') preview.output.begin();
    return preview;
  }

  private async compare(): Promise<Sweep | undefined> {
    if (!this.engine.isOpen) return undefined;
    void this.pool.sweep().catch((error: unknown) => this.logger.debug({ err: error }, 'The seats could not be compared'));
    const before = new Set(this.previews.all());
    const found = new Map((await this.sandboxes.list()).map((summary) => [summary.containerId, summary]));
    for (const preview of before) {
      if (preview.ending) continue;
      const phase = found.get(preview.containerId)?.phase;
      if (phase === undefined || phase === 'exited') this.died(preview);
      // Somebody has paused it by hand, and the catalogue says that it runs.
      else if (found.get(preview.containerId)?.paused && !this.previews.isInWork(preview.launchId)) await this.wake(preview);
    }
    const unread: string[] = [];
    for (const summary of newestAttempts(found.values())) {
      const { launchId, containerId } = summary;
      if (this.previews.isInWork(launchId) || this.previews.get(launchId)?.containerId === containerId) continue;
      try {
        await this.adopt(summary);
      } catch (error) {
        // One container that cannot be looked into must not keep the others from being known.
        unread.push(launchId);
        this.logger.warn({ err: error, launchId }, 'A container could not be looked into');
      }
    }
    return { unread };
  }

  private async adopt({ launchId, containerId, phase }: SandboxSummary): Promise<void> {
    const state = await this.sandboxes.inspect(containerId);
    if (!state || this.previews.isInWork(launchId)) return;
    const preview = await this.track(state);
    this.logger.info({ launchId, phase }, 'A container of a former life was adopted');
    if (state.phase === 'exited') this.died(preview);
    if (state.phase === 'running') void this.findRoute(preview, state);
  }

  private async wake({ launchId, containerId }: Preview): Promise<void> {
    this.logger.warn({ launchId }, 'A running launch was paused by somebody else: it goes on');
    await this.sandboxes.start(containerId).catch((error: unknown) => this.logger.warn({ err: error, launchId }, 'A paused launch could not be woken'));
  }

  private died(preview: Preview): void {
    preview.died.abort();
    // The job that works on the launch sees the signal and tells the end itself.
    if (this.previews.isInWork(preview.launchId)) return;
    this.ender.endDead(preview).catch((error: unknown) => this.logger.warn({ err: error, launchId: preview.launchId }, 'The end of a container could not be told yet'));
  }

  /** Where the app of an adopted container answers: as its route says, else found anew (NATS came back empty). */
  private async findRoute(preview: Preview, state: SandboxState): Promise<void> {
    try {
      const known = await this.routes.get(preview.launchId);
      if (known) preview.expiresAt = known.expiresAt;
      if (known && known.host === state.address) preview.address = { host: known.host, port: known.port };
      else if (state.address !== null) {
        const { address, pid, containerId } = state;
        const { declared } = planPorts({ jobPort: null, exposedPorts: state.exposedPorts, imageEnv: {}, userEnv: state.env });
        const port = await waitUntilReady({
          host: address,
          declared,
          listening: () => (pid === null ? Promise.resolve(null) : listeningSockets(containerId, pid)),
          limitMs: this.env.LAUNCH_START_TIMEOUT_SECONDS * 1_000,
          signal: AbortSignal.any([preview.died.signal, this.shutdown.signal]),
        });
        preview.address ??= { host: address, port };
        if (preview.route && !preview.ending) await this.routes.ensure(preview.route);
      }
    } catch (error) {
      this.logger.debug({ err: error, launchId: preview.launchId }, 'An adopted container does not answer');
    }
  }

  private async givenTo(state: SandboxState): Promise<Record<string, string>> {
    const image = await this.images.get(state.image).catch(() => ({ env: {} }));
    return givenEnv(state.env, image.env);
  }
}

/** Of a launch that is being started anew there are two for a moment: the one to come is the launch's. */
function newestAttempts(summaries: Iterable<SandboxSummary>): SandboxSummary[] {
  const newest = new Map<string, SandboxSummary>();
  for (const summary of summaries) {
    if ((newest.get(summary.launchId)?.attempt ?? 0) <= summary.attempt) newest.set(summary.launchId, summary);
  }
  return [...newest.values()];
}
