import { Inject, Injectable } from '@nestjs/common';
import { imageRemovalJob } from '@osiris/contracts';
import type { z } from 'zod';
import { EngineImages, engineMessage, isEngineUnreachable } from '@osiris/engine';
import { ENV, HandBack, HandlesJob, type JobContext, LOGGER, type Logger } from '@osiris/service-kit';
import { isNameOf } from '../builds/image-name';
import type { BuildEnv } from '../env';
import { Sources } from '../sources/sources';
import { HubImageNames } from './hub-image-names';

const NO_ENGINE_RETRY_MS = 2_000;

/** Removes the images of an app that was deleted, and its files that were kept for a further build. */
@Injectable()
export class ImageRemovalWorker {
  constructor(
    private readonly images: EngineImages,
    private readonly names: HubImageNames,
    private readonly sources: Sources,
    @Inject(ENV) private readonly env: BuildEnv,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /**
   * Each name is tried on its own. One whose image a container still uses makes the job fail and come again: the launches
   * are being stopped meanwhile.
   */
  @HandlesJob(imageRemovalJob)
  async remove(job: JobContext<z.output<typeof imageRemovalJob.schema>>): Promise<void> {
    const { appId, references, keep = [] } = job.payload;
    await this.sources.forget(appId);
    try {
      const kept = new Set(keep);
      const names = new Set([...references, ...(await this.unreported(appId))].filter((name) => !kept.has(name)));
      const refused: string[] = [];
      for (const name of names) {
        try {
          this.logger.info({ appId, image: name, removal: await this.names.remove(name) }, 'image removal');
        } catch (error) {
          if (isEngineUnreachable(error)) throw error;
          refused.push(`${name}: ${engineMessage(error)}`);
        }
      }
      await this.images.removeDangling(this.labels(appId));
      if (refused.length > 0) throw new Error(`${refused.length} of ${names.size} images cannot be removed yet: ${refused.join('; ')}`);
    } catch (error) {
      if (isEngineUnreachable(error)) throw new HandBack(NO_ENGINE_RETRY_MS, 'no container engine answers');
      throw error;
    }
  }

  /**
   * An image whose build was never reported has no row that names it. Of such an image's names only its own: others are
   * of builds that reused it, perhaps of another app.
   */
  private async unreported(appId: string): Promise<string[]> {
    const images = await this.images.listImages(this.labels(appId));
    return images.flatMap(({ labels, references }) => references.filter((name) => isNameOf(labels['io.osiris.build'] ?? '', name)));
  }

  private labels(appId: string): string[] {
    return [`io.osiris.hub=${this.env.HUB_ID}`, `io.osiris.app=${appId}`];
  }
}
