import { Injectable } from '@nestjs/common';
import { DomainError, type LaunchJob } from '@osiris/contracts';
import { Sandboxes, type SandboxSpec } from '@osiris/engine';
import { EngineGate } from '../engine/engine-gate.service';
import { planPorts } from '../readiness/ports';
import { ImageFactsCache } from './image-facts-cache';
import { ImagePulls } from './image-pulls';

/** The container that is asked for, with what is known of where its app answers. */
export type WantedContainer = Pick<SandboxSpec, 'role' | 'id' | 'appId' | 'buildId' | 'attempt' | 'expiresAt' | 'env' | 'profile' | 'readOnlyRoot' | 'seatFor'> &
  Pick<LaunchJob, 'imageReference' | 'port' | 'healthPath'>;

/** A container, not started yet. */
export interface Prepared {
  containerId: string;
  /** False where it was there already. */
  created: boolean;
  declaredPorts: number[];
  guess: number | undefined;
  healthPath: string | null;
  /** Where its app answers already: it was a seat. */
  answersAt?: { host: string; port: number };
}

/** Makes the containers of launches, of verification runs and of seats. */
@Injectable()
export class LaunchContainers {
  constructor(
    private readonly sandboxes: Sandboxes,
    private readonly images: ImageFactsCache,
    private readonly pulls: ImagePulls,
    private readonly engine: EngineGate,
  ) {}

  /** @throws DomainError IMAGE_GONE where neither the engine nor the registry has the image, REGISTRY_UNAVAILABLE, ENGINE_UNAVAILABLE */
  async prepare(wanted: WantedContainer, shutdown: AbortSignal): Promise<Prepared> {
    try {
      return await this.create(wanted);
    } catch (error) {
      if (!(error instanceof DomainError && error.code === 'IMAGE_GONE' && this.pulls.canPull(wanted.imageReference))) throw error;
      // What was kept of it may be what housekeeping has removed since.
      this.images.forget(wanted.imageReference);
      await this.pulls.pull(wanted.imageReference, shutdown);
      return this.create(wanted);
    }
  }

  /** The claim was refused for good: what was made on the assumption that it would not be goes away again. */
  async unprepare(preparing: Promise<Prepared>): Promise<void> {
    const prepared = await preparing.catch(() => undefined);
    if (prepared?.created) await this.sandboxes.remove(prepared.containerId);
  }

  private async create(wanted: WantedContainer): Promise<Prepared> {
    const image = await this.images.get(wanted.imageReference);
    const { declared, portVariable } = planPorts({
      jobPort: wanted.port,
      exposedPorts: image.exposedPorts,
      imageEnv: image.env,
      userEnv: wanted.env,
    });
    const { containerId, created } = await this.sandboxes.create({
      role: wanted.role,
      id: wanted.id,
      appId: wanted.appId,
      buildId: wanted.buildId,
      attempt: wanted.attempt,
      expiresAt: wanted.expiresAt,
      image: wanted.imageReference,
      env: portVariable === undefined ? wanted.env : { ...wanted.env, PORT: portVariable },
      profile: wanted.profile,
      readOnlyRoot: wanted.readOnlyRoot,
      seatFor: wanted.seatFor,
      engineCpus: this.engine.cpus,
    });
    return { containerId, created, declaredPorts: declared, guess: portVariable === undefined ? undefined : Number(portVariable), healthPath: wanted.healthPath ?? null };
  }
}
