import { Inject, Injectable } from '@nestjs/common';
import { DomainError, LAUNCH_PLACES, type LaunchJob, type LaunchProfile, launchRunning, launchStarting } from '@osiris/contracts';
import { listeningSockets, Sandboxes } from '@osiris/engine';
import { durations, ENV, Facts, HandBack, Leases, LOGGER, type Logger } from '@osiris/service-kit';
import { EngineGate } from '../engine/engine-gate.service';
import type { RunnerEnv } from '../env';
import type { Preview } from '../previews/preview';
import { PreviewRoutes } from '../previews/preview-routes.service';
import { Previews } from '../previews/previews.service';
import { waitUntilReady } from '../readiness/readiness';
import { startLimitMs } from '../readiness/start-limit';
import type { Seat } from '../seats/seat';
import { SeatTaker } from '../seats/seat-taker.service';
import { WarmPool } from '../seats/warm-pool.service';
import { ImageFactsCache } from './image-facts-cache';
import { LaunchContainers, type Prepared } from './launch-containers';
import { LaunchEnder } from './launch-ender.service';
import { LaunchRestarts } from './launch-restarts.service';

const ENGINE_AWAY_RETRY_MS = 1_000;
const readySeconds = durations('osiris_launch_ready_seconds', "From a launch job's arrival to the app's first answer");

/** Turns a launch job into an app that answers. */
@Injectable()
export class LaunchStarter {
  constructor(
    private readonly sandboxes: Sandboxes,
    private readonly images: ImageFactsCache,
    private readonly containers: LaunchContainers,
    private readonly restarts: LaunchRestarts,
    private readonly pool: WarmPool,
    private readonly seats: SeatTaker,
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
    const lease = { kind: 'launch', id: job.launchId, attempt: job.attempt } as const;
    if (job.restart) {
      // What runs ends for it: not before it is known that it is to.
      await this.leases.hold(lease, (lost) => this.bringUp(job, this.restarts.replace(job, shutdown), { arrivedAt, seat: undefined }, { lost, shutdown }));
      return;
    }
    // The container is made, or a seat woken, while the lease is claimed: both are needed nearly always, and somebody waits.
    const seat = this.pool.take(job);
    const preparing = this.prepare(job, seat, shutdown);
    preparing.catch(() => undefined);
    const result = await this.leases.hold(lease, (lost) => this.bringUp(job, preparing, { arrivedAt, seat }, { lost, shutdown }));
    if (result.outcome === 'superseded') await this.containers.unprepare(preparing);
  }

  private async prepare(job: LaunchJob, seat: Seat | undefined, shutdown: AbortSignal): Promise<Prepared> {
    const taken = seat && (await this.seats.open(seat, job.launchId));
    return taken ?? this.containers.prepare({ ...job, role: 'launch', id: job.launchId, readOnlyRoot: job.readOnlyRoot ?? false }, shutdown);
  }

  private async bringUp(
    job: LaunchJob,
    preparing: Promise<Prepared>,
    { arrivedAt, seat }: { arrivedAt: number; seat: Seat | undefined },
    signals: { lost: AbortSignal; shutdown: AbortSignal },
  ): Promise<void> {
    const { launchId, appId, attempt } = job;
    const runnerId = this.engine.runner?.id ?? 'runner';
    const tellStarting = () => this.facts.publish(launchStarting, { at: new Date().toISOString(), launchId, appId, attempt, runnerId, containerId: null });
    // Nobody waits for this one, but `running` must come after it in the stream. With a seat that follows at once.
    let starting = seat ? undefined : tellStarting();
    starting?.catch(() => undefined);
    const leasedAt = performance.now();
    let preview: Preview | undefined;
    try {
      const prepared = await preparing;
      const createdAt = performance.now();
      const warm = prepared.answersAt !== undefined;
      if (!warm) starting ??= tellStarting();
      preview = this.previews.track({ ...prepared, launchId, appId, attempt, expiresAt: job.expiresAt }, job.env);
      preview.places = LAUNCH_PLACES[job.profile];
      if (!warm) await this.sandboxes.start(prepared.containerId);
      const startedAt = performance.now();
      if (!warm) preview.output.begin();
      preview.address = prepared.answersAt ?? (await this.untilItAnswers(preview, prepared, job.profile, signals));
      const { port } = preview.address;
      const readyAt = performance.now();
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
        warm,
        startMs: Math.round(startedAt - arrivedAt),
        readyMs: Math.round(readyAt - startedAt),
      });
      // Last, where the app answers already: nobody waits for its first lines as for itself.
      preview.output.begin();
      readySeconds.observe((readyAt - arrivedAt) / 1000);
      const since = (at: number): number => Math.round(at - arrivedAt);
      const timings = { leasedMs: since(leasedAt), createdMs: since(createdAt), startedMs: since(startedAt), readyMs: since(readyAt), toldMs: since(performance.now()) };
      this.logger.info({ launchId, port, warm, ...timings }, 'launch running');
      // It may have died while the fact was on its way, when its job still answered for it.
      if (preview.died.signal.aborted) await this.ender.endDead(preview);
    } catch (error) {
      await starting;
      await this.failed(job, preview, error, signals);
    }
  }

  private async untilItAnswers(
    preview: Preview,
    prepared: Prepared,
    profile: LaunchProfile,
    signals: { lost: AbortSignal; shutdown: AbortSignal },
  ): Promise<{ host: string; port: number }> {
    const state = await this.sandboxes.inspect(prepared.containerId);
    if (state?.phase !== 'running' || state.address === null) throw new ContainerEnded();
    const { address, pid, containerId } = state;
    const signal = AbortSignal.any([preview.died.signal, signals.lost, signals.shutdown]);
    try {
      const port = await waitUntilReady({
        host: address,
        declared: prepared.declaredPorts,
        guess: prepared.guess,
        healthPath: prepared.healthPath,
        listening: () => (pid === null ? Promise.resolve(null) : listeningSockets(containerId, pid)),
        limitMs: startLimitMs(profile, this.env.LAUNCH_START_TIMEOUT_SECONDS),
        signal,
      });
      return { host: address, port };
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
