import { Injectable } from '@nestjs/common';
import { DomainError, type LaunchJob } from '@osiris/contracts';
import { Sandboxes } from '@osiris/engine';
import { EngineGate } from '../engine/engine-gate.service';
import { planPorts } from '../readiness/ports';
import { ImageFactsCache } from './image-facts-cache';
import { ImagePulls } from './image-pulls';

/** A launch's container, not started yet. */
export interface Prepared {
  containerId: string;
  /** False where the launch had it already. */
  created: boolean;
  declaredPorts: number[];
  guess: number | undefined;
  healthPath: string | null;
}

/** Makes the containers of launches. */
@Injectable()
export class LaunchContainers {
  constructor(
    private readonly sandboxes: Sandboxes,
    private readonly images: ImageFactsCache,
    private readonly pulls: ImagePulls,
    private readonly engine: EngineGate,
  ) {}

  /** @throws DomainError IMAGE_GONE where neither the engine nor the registry has the image, REGISTRY_UNAVAILABLE, ENGINE_UNAVAILABLE */
  async prepare(job: LaunchJob, shutdown: AbortSignal): Promise<Prepared> {
    try {
      return await this.create(job);
    } catch (error) {
      if (!(error instanceof DomainError && error.code === 'IMAGE_GONE' && this.pulls.canPull(job.imageReference))) throw error;
      // What was kept of it may be what housekeeping has removed since.
      this.images.forget(job.imageReference);
      await this.pulls.pull(job.imageReference, shutdown);
      return this.create(job);
    }
  }

  /** The claim was refused for good: what was made on the assumption that it would not be goes away again. */
  async unprepare(preparing: Promise<Prepared>): Promise<void> {
    const prepared = await preparing.catch(() => undefined);
    if (prepared?.created) await this.sandboxes.remove(prepared.containerId);
  }

  private async create(job: LaunchJob): Promise<Prepared> {
    const image = await this.images.get(job.imageReference);
    const { declared, portVariable } = planPorts({
      jobPort: job.port,
      exposedPorts: image.exposedPorts,
      imageEnv: image.env,
      userEnv: job.env,
    });
    const { containerId, created } = await this.sandboxes.create({
      launchId: job.launchId,
      appId: job.appId,
      buildId: job.buildId,
      attempt: job.attempt,
      expiresAt: job.expiresAt,
      image: job.imageReference,
      env: portVariable === undefined ? job.env : { ...job.env, PORT: portVariable },
      profile: job.profile,
      engineCpus: this.engine.cpus,
    });
    return { containerId, created, declaredPorts: declared, guess: portVariable === undefined ? undefined : Number(portVariable), healthPath: job.healthPath ?? null };
  }
}
