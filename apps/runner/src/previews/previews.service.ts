import { Inject, Injectable } from '@nestjs/common';
import { LAUNCH_PLACES, type LaunchJob } from '@osiris/contracts';
import { type SandboxIdentity, Sandboxes } from '@osiris/engine';
import { gauge, LOGGER, type Logger, LogStreams, Uploads } from '@osiris/service-kit';
import { LaunchOutput } from '../output/launch-output';
import { secretMask } from '../output/secret-mask';
import { Preview } from './preview';

/** An end is on its way to the catalog for some moments: until then the launch is still told as running here. */
const ENDED_LINGER_MS = 15_000;
/** A launch whose app is not up by then is waiting, not working. */
const BUSY_MS = 5_000;

/** Every launch this runner has a container of, or is working on. In memory only: the engine's labels are the record. */
@Injectable()
export class Previews {
  private readonly byLaunch = new Map<string, Preview>();
  /** Launches whose job is in work here, and since when (`performance.now()`). */
  private readonly inWork = new Map<string, { since: number; places: number }>();
  private lastEndOfWork = -Infinity;
  /** Of `performance.now()`. */
  private readonly endedAt = new Map<string, number>();

  constructor(
    private readonly sandboxes: Sandboxes,
    private readonly logs: LogStreams,
    private readonly uploads: Uploads,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    const running = gauge('osiris_runner_previews', 'Containers of launches on this engine');
    running.set(0);
    this.count = () => running.set(this.byLaunch.size);
  }
  private readonly count: () => void;

  get(launchId: string): Preview | undefined {
    return this.byLaunch.get(launchId);
  }

  all(): Preview[] {
    return [...this.byLaunch.values()];
  }

  /** Knows the container from now on and follows its output; gives back the one known already. */
  track(identity: SandboxIdentity, env: Readonly<Record<string, string>>): Preview {
    const known = this.byLaunch.get(identity.launchId);
    if (known?.containerId === identity.containerId) return known;
    const mask = secretMask(env);
    const parts = { sandboxes: this.sandboxes, logs: this.logs, uploads: this.uploads, logger: this.logger };
    const preview = new Preview(identity, new LaunchOutput(identity, mask, parts), mask);
    this.byLaunch.set(identity.launchId, preview);
    this.endedAt.delete(identity.launchId);
    this.count();
    return preview;
  }

  /** Forgets it. */
  drop(preview: Preview): void {
    if (this.byLaunch.get(preview.launchId) === preview) this.byLaunch.delete(preview.launchId);
    this.endedAt.set(preview.launchId, performance.now());
    this.count();
  }

  /** Runs `work` as the launch's job: meanwhile nobody else decides over its container. */
  async working<T>(job: Pick<LaunchJob, 'launchId' | 'profile'>, work: () => Promise<T>): Promise<T> {
    this.inWork.set(job.launchId, { since: performance.now(), places: LAUNCH_PLACES[job.profile] });
    try {
      return await work();
    } finally {
      this.inWork.delete(job.launchId);
      this.lastEndOfWork = performance.now();
    }
  }

  /**
   * Milliseconds until it may be that no launch has been brought up for `restMs`; 0: so it is. One that takes long mostly
   * waits for its app and is no reason to wait with it.
   */
  quietInMs(restMs: number): number {
    const now = performance.now();
    const busy = [...this.inWork.values()].some(({ since }) => now - since < BUSY_MS);
    return busy ? restMs : Math.max(0, Math.ceil(this.lastEndOfWork + restMs - now));
  }

  /** How many places (`LAUNCH_PLACES`) launches take here. */
  places(): number {
    const working = [...this.inWork].filter(([launchId]) => !this.byLaunch.has(launchId)).map(([, { places }]) => places);
    return [...working, ...this.all().map(({ places }) => places)].reduce((sum, places) => sum + places, 0);
  }

  isInWork(launchId: string): boolean {
    return this.inWork.has(launchId);
  }

  /** What the catalog is told to be here. */
  launchIds(): string[] {
    const now = performance.now();
    for (const [launchId, at] of this.endedAt) if (now - at > ENDED_LINGER_MS) this.endedAt.delete(launchId);
    return [...new Set([...this.byLaunch.keys(), ...this.inWork.keys(), ...this.endedAt.keys()])];
  }
}
