import { Inject, Injectable } from '@nestjs/common';
import { DomainError, type LaunchJob, launchRunning, launchStarting } from '@osiris/contracts';
import { listeningSockets, Sandboxes, type SandboxState } from '@osiris/engine';
import { durations, ENV, Facts, HandBack, Leases, LOGGER, type Logger } from '@osiris/service-kit';
import { EngineGate } from '../engine/engine-gate.service';
import type { RunnerEnv } from '../env';
import type { Preview } from '../previews/preview';
import { PreviewRoutes } from '../previews/preview-routes.service';
import { Previews } from '../previews/previews.service';
import { waitUntilReady } from '../readiness/readiness';
import { ImageFactsCache } from './image-facts-cache';
import { LaunchContainers, type Prepared } from './launch-containers';
import { LaunchEnder } from './launch-ender.service';

const ENGINE_AWAY_RETRY_MS = 1_000;
const readySeconds = durations('osiris_launch_ready_seconds', "From a launch job's arrival to the app's first answer");

/** Turns a launch job into an app that answers. */
@Injectable()
export class LaunchStarter {
  constructor(
    private readonly sandboxes: Sandboxes,
    private readonly images: ImageFactsCache,
    private readonly containers: LaunchContainers,
    private readonly engine: EngineGate,
    private readonly previews: Previews,
    private readonly ender: LaunchEnder,
    private readonly routes: PreviewRoutes,
    private readonly leases: Leases,
    private readonly facts: Facts,
    @Inject(ENV) private readonly env: RunnerEnv,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Idempotent by launch and attempt. `shutdown`: the service ends; the container stays for who gets the job next. */
  async start(job: LaunchJob, shutdown: AbortSignal): Promise<void> {
    const arrivedAt = performance.now();
    // The container is made while the lease is claimed: both are needed nearly always, and somebody waits.
    const preparing = this.containers.prepare(job, shutdown);
    preparing.catch(() => undefined);
    const lease = { kind: 'launch', id: job.launchId, attempt: job.attempt } as const;
    const result = await this.leases.hold(lease, (lost) => this.bringUp(job, preparing, arrivedAt, { lost, shutdown }));
    if (result.outcome === 'superseded') await this.containers.unprepare(preparing);
  }

  private async bringUp(
    job: LaunchJob,
    preparing: Promise<Prepared>,
    arrivedAt: number,
    signals: { lost: AbortSignal; shutdown: AbortSignal },
  ): Promise<void> {
    const { launchId, appId, attempt } = job;
    const runnerId = this.engine.runner?.id ?? 'runner';
    // Nobody waits for this one, but `running` must come after it in the stream.
    const starting = this.facts.publish(launchStarting, { at: new Date().toISOString(), launchId, appId, attempt, runnerId, containerId: null });
    starting.catch(() => undefined);
    const leasedAt = performance.now();
    let preview: Preview | undefined;
    try {
      const prepared = await preparing;
      const createdAt = performance.now();
      preview = this.previews.track({ ...prepared, launchId, appId, attempt, expiresAt: job.expiresAt }, job.env);
      await this.sandboxes.start(prepared.containerId);
      const startedAt = performance.now();
      preview.output.begin();
      const state = await this.sandboxes.inspect(prepared.containerId);
      const port = await this.untilItAnswers(preview, state, prepared, signals);
      const readyAt = performance.now();
      preview.address = { host: state?.address ?? '', port };
      if (preview.route) await this.routes.put(preview.route);
      await starting;
      await this.facts.publish(launchRunning, {
        at: new Date().toISOString(),
        launchId,
        appId,
        attempt,
        runnerId,
        containerId: prepared.containerId,
        port,
        startMs: Math.round(startedAt - arrivedAt),
        readyMs: Math.round(readyAt - startedAt),
      });
      readySeconds.observe((readyAt - arrivedAt) / 1000);
      const since = (at: number): number => Math.round(at - arrivedAt);
      const timings = { leasedMs: since(leasedAt), createdMs: since(createdAt), startedMs: since(startedAt), readyMs: since(readyAt), toldMs: since(performance.now()) };
      this.logger.info({ launchId, port, ...timings }, 'launch running');
      // It may have died while the fact was on its way, when its job still answered for it.
      if (preview.died.signal.aborted) await this.ender.endDead(preview);
    } catch (error) {
      await starting;
      await this.failed(job, preview, error, signals);
    }
  }

  private async untilItAnswers(
    preview: Preview,
    state: SandboxState | undefined,
    prepared: Prepared,
    signals: { lost: AbortSignal; shutdown: AbortSignal },
  ): Promise<number> {
    if (state?.phase !== 'running' || state.address === null) throw new ContainerEnded();
    const { address, pid, containerId } = state;
    const signal = AbortSignal.any([preview.died.signal, signals.lost, signals.shutdown]);
    try {
      return await waitUntilReady({
        host: address,
        declared: prepared.declaredPorts,
        guess: prepared.guess,
        healthPath: prepared.healthPath,
        listening: () => (pid === null ? Promise.resolve(null) : listeningSockets(containerId, pid)),
        limitMs: this.env.LAUNCH_START_TIMEOUT_SECONDS * 1_000,
        signal,
      });
    } catch (error) {
      if (preview.died.signal.aborted) throw new ContainerEnded();
      throw error;
    }
  }

  /** What a start that did not succeed leads to: an end that is told, a job that comes again, or silence. */
  private async failed(job: LaunchJob, preview: Preview | undefined, error: unknown, signals: { lost: AbortSignal; shutdown: AbortSignal }): Promise<void> {
    // Stopped meanwhile: that end is the launch's.
    if (preview?.ending) return preview.ending;
    if (signals.lost.aborted) return preview && this.ender.discard(preview);
    if (signals.shutdown.aborted) throw new HandBack(0, 'The runner shuts down; the container stays for the next one');
    if (error instanceof ContainerEnded && preview) return this.ender.endDead(preview);
    if (!(error instanceof DomainError)) throw error;
    if (error.code === 'ENGINE_UNAVAILABLE') throw new HandBack(ENGINE_AWAY_RETRY_MS, error.message);
    if (error.retryable) throw error;
    if (error.code === 'IMAGE_GONE') this.images.forget(job.imageReference);
    const ending = { outcome: 'failed', error: { code: error.code, message: error.message } } as const;
    if (preview) await this.ender.end(preview, ending);
    else await this.ender.reportWithoutContainer({ launchId: job.launchId, appId: job.appId, attempt: job.attempt }, ending);
  }
}

/** The container ended while it was waited for. */
class ContainerEnded extends Error {
  override readonly name = 'ContainerEnded';
}
