import { Inject, Injectable } from '@nestjs/common';
import type { BaseImage, BuildJob } from '@osiris/contracts';
import { EngineConnection, type EngineImage, EngineImages, isEngineUnreachable, isOfRegistry, pullImage } from '@osiris/engine';
import { ENV, LOGGER, type Logger } from '@osiris/service-kit';
import type { BuildEnv } from '../env';
import type { BuiltImage } from './built-image';
import { identifyingLabels, imageName } from './image-name';

/** Images that need not be built: an earlier delivery of the same job made them, or another build of the same inputs. */
@Injectable()
export class ReadyImages {
  constructor(
    private readonly engine: EngineConnection,
    private readonly images: EngineImages,
    @Inject(ENV) private readonly env: BuildEnv,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** The image of this build, where an earlier delivery of the same job came as far as having it. @throws DomainError ENGINE_UNAVAILABLE */
  async ofEarlierDelivery(job: BuildJob): Promise<BuiltImage | null> {
    const reference = imageName(job, this.env.REGISTRY_URL);
    const image = await this.images.inspectImage(reference);
    if (!image || image.labels['io.osiris.hub'] !== this.env.HUB_ID) return null;
    const maker = image.labels['io.osiris.build'];
    if (maker === identifyingLabels(job, this.env.HUB_ID)['io.osiris.build']) return { reference, image };
    const { reuse } = job;
    return reuse && isImage(image, reuse.image.digest) ? { reference, image, bases: reuse.bases, reusedBuildId: reuse.buildId } : null;
  }

  /**
   * Takes over the image that the catalog names, under a name of this build's own.
   * @returns null where it is not certain that building would give the same: the image is gone, a base image is another one
   *   by now, or nobody can say what it is
   * @throws DomainError ENGINE_UNAVAILABLE
   */
  async take(job: BuildJob, signal: AbortSignal): Promise<BuiltImage | null> {
    const { reuse } = job;
    if (!reuse || job.noCache) return null;
    const about = { buildId: job.buildId, of: reuse.buildId };
    try {
      const [image, same] = await Promise.all([this.find(reuse.image, signal), this.areStillTheSame(reuse.bases)]);
      if (!image || !same) {
        this.logger.info({ ...about, reason: image ? 'a base image has changed, or cannot be asked for' : 'the image is gone' }, 'an image is not reused');
        return null;
      }
      const reference = imageName(job, this.env.REGISTRY_URL);
      await this.images.tagImage(image.id, reference);
      return { reference, image, bases: reuse.bases, reusedBuildId: reuse.buildId };
    } catch (error) {
      if (isEngineUnreachable(error)) throw error;
      this.logger.info({ ...about, err: error }, 'an image is not reused');
      return null;
    }
  }

  private async find({ reference, digest }: { reference: string; digest: string }, signal: AbortSignal): Promise<EngineImage | null> {
    const registry = this.env.REGISTRY_URL;
    const local = await this.images.inspectImage(reference);
    const found = local ?? (registry && isOfRegistry(registry, reference) ? await this.pulled(reference, signal) : null);
    // Somebody may have given the name to an image of their own.
    return found && found.labels['io.osiris.hub'] === this.env.HUB_ID && isImage(found, digest) ? found : null;
  }

  /** Another builder made it: what it pushed is smaller than what building would fetch. */
  private async pulled(reference: string, signal: AbortSignal): Promise<EngineImage | null> {
    const registry = this.env.REGISTRY_URL;
    if (!registry) return null;
    await pullImage(this.engine, reference, { registry, signal });
    return this.images.inspectImage(reference);
  }

  private async areStillTheSame(bases: readonly BaseImage[]): Promise<boolean> {
    const now = await Promise.all(bases.map(({ name }) => this.images.resolveBase(name)));
    return bases.every(({ digest }, index) => now[index] === digest);
  }
}

/** @param digest an image's id, or that of a manifest under which it was pushed */
function isImage(image: EngineImage, digest: string): boolean {
  return image.id === digest || image.repoDigests.some((name) => name.endsWith(`@${digest}`));
}
