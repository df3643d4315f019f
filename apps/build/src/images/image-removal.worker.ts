import { Inject, Injectable } from '@nestjs/common';
import { imageRemovalJob } from '@osiris/contracts';
import type { z } from 'zod';
import { EngineImages, engineMessage, isEngineUnreachable } from '@osiris/engine';
import { ENV, HandBack, HandlesJob, type JobContext, LOGGER, type Logger } from '@osiris/service-kit';
import type { BuildEnv } from '../env';

const NO_ENGINE_RETRY_MS = 2_000;

/** Removes the images of an app that was deleted. */
@Injectable()
export class ImageRemovalWorker {
  constructor(
    private readonly images: EngineImages,
    @Inject(ENV) private readonly env: BuildEnv,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /**
   * Each image is tried on its own. One that a container still uses makes the job fail and come again: the launches are being
   * stopped meanwhile.
   */
  @HandlesJob(imageRemovalJob)
  async remove(job: JobContext<z.output<typeof imageRemovalJob.schema>>): Promise<void> {
    const { appId, references } = job.payload;
    try {
      // By label too: an image whose build was never reported has no row that names it.
      const labelled = await this.images.listImages([`io.osiris.hub=${this.env.HUB_ID}`, `io.osiris.app=${appId}`]);
      const names = new Set([...references, ...labelled.flatMap((image) => (image.references.length > 0 ? image.references : [image.id]))]);
      const refused: string[] = [];
      for (const name of names) {
        try {
          if (await this.images.removeImage(name)) this.logger.info({ appId, image: name }, 'image removed');
        } catch (error) {
          if (isEngineUnreachable(error)) throw error;
          refused.push(`${name}: ${engineMessage(error)}`);
        }
      }
      if (refused.length > 0) throw new Error(`${refused.length} of ${names.size} images cannot be removed yet: ${refused.join('; ')}`);
    } catch (error) {
      if (isEngineUnreachable(error)) throw new HandBack(NO_ENGINE_RETRY_MS, 'no container engine answers');
      throw error;
    }
  }
}
