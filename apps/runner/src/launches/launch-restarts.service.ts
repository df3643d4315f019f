import { Injectable } from '@nestjs/common';
import { DomainError, type LaunchJob } from '@osiris/contracts';
import { Sandboxes, type SandboxState } from '@osiris/engine';
import { givenEnv } from '../output/secret-mask';
import { Previews } from '../previews/previews.service';
import { planPorts } from '../readiness/ports';
import { ImageFactsCache } from './image-facts-cache';
import { LaunchContainers, type Prepared } from './launch-containers';
import { LaunchEnder } from './launch-ender.service';

/**
 * Starts launches anew. The variables of a launch that runs are in its container alone, so the new one is made before the
 * old one ends, and a runner that dies in between finds them where they were.
 */
@Injectable()
export class LaunchRestarts {
  constructor(
    private readonly sandboxes: Sandboxes,
    private readonly images: ImageFactsCache,
    private readonly containers: LaunchContainers,
    private readonly previews: Previews,
    private readonly ender: LaunchEnder,
  ) {}

  /**
   * Makes the new container and ends the old one, in this order. Idempotent by launch and attempt. Wants the launch's lease.
   * @throws DomainError CONTAINER_GONE where neither is there; what making a container throws: the old one has ended then, too
   */
  async replace(job: LaunchJob, shutdown: AbortSignal): Promise<Prepared> {
    const there = await this.sandboxes.find(job.launchId);
    // Delivered again: the new one was made already.
    const isMade = there?.attempt === job.attempt;
    const old = isMade ? await this.sandboxes.findReplaced(job.launchId) : (there ?? (await this.sandboxes.findReplaced(job.launchId)));
    if (!old && !isMade) {
      throw new DomainError('CONTAINER_GONE', 'The container ended before it could be started anew, and the variables of the launch with it. Launch the app again.');
    }
    try {
      const env = old ? await this.givenTo(old, job) : {};
      // One without variables (a seat that was taken, too) has nothing that could get lost: it goes when its name is needed.
      if (old && !isMade && Object.keys(env).length > 0) await this.sandboxes.markReplaced(old.containerId, job.launchId);
      else if (old && !isMade) await this.end(job.launchId, old);
      return await this.containers.prepare({ ...job, env, role: 'launch', id: job.launchId, readOnlyRoot: job.readOnlyRoot ?? false }, shutdown);
    } finally {
      if (old) await this.end(job.launchId, old);
    }
  }

  private async end(launchId: string, { containerId }: SandboxState): Promise<void> {
    const preview = this.previews.get(launchId);
    if (preview?.containerId === containerId) await this.ender.makeWay(preview);
    else await this.sandboxes.remove(containerId);
  }

  /** What somebody gave it: without what its image says, and without the port that the runner chose. */
  private async givenTo(old: SandboxState, job: LaunchJob): Promise<Record<string, string>> {
    const image = await this.images.get(old.image);
    const { PORT, ...others } = givenEnv(old.env, image.env);
    if (PORT === undefined) return others;
    const chosen = planPorts({ jobPort: job.port, exposedPorts: image.exposedPorts, imageEnv: image.env, userEnv: others }).portVariable;
    return PORT === chosen ? others : { ...others, PORT };
  }
}
