import { Inject, Injectable } from '@nestjs/common';
import { EngineConnection, isOfRegistry, pullImage } from '@osiris/engine';
import { ENV, LOGGER, type Logger } from '@osiris/service-kit';
import type { RunnerEnv } from '../env';

/** Brings images that this engine lacks from the registry, to which the build services push them. */
@Injectable()
export class ImagePulls {
  private readonly underWay = new Map<string, Promise<void>>();

  constructor(
    private readonly engine: EngineConnection,
    @Inject(ENV) private readonly env: RunnerEnv,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Whether there is a registry that can have it. */
  canPull(reference: string): boolean {
    return this.env.REGISTRY_URL !== undefined && isOfRegistry(this.env.REGISTRY_URL, reference);
  }

  /**
   * Launches of one image that begin together wait for one pull. The pull goes on when the launch that began it is stopped:
   * the next one has use for it.
   * @param shutdown ends the pull
   * @throws DomainError IMAGE_GONE, REGISTRY_UNAVAILABLE, ENGINE_UNAVAILABLE; the signal's reason
   */
  pull(reference: string, shutdown: AbortSignal): Promise<void> {
    const known = this.underWay.get(reference);
    if (known) return known;
    const pulling = this.bring(reference, shutdown).finally(() => this.underWay.delete(reference));
    this.underWay.set(reference, pulling);
    return pulling;
  }

  private async bring(reference: string, signal: AbortSignal): Promise<void> {
    const registry = this.env.REGISTRY_URL;
    if (registry === undefined) throw new Error('No registry is configured');
    const begun = performance.now();
    const { digest } = await pullImage(this.engine, reference, { registry, signal });
    this.logger.info({ image: reference, digest, durationMs: Math.round(performance.now() - begun) }, 'image pulled');
  }
}
