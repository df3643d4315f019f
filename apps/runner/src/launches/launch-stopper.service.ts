import { Injectable } from '@nestjs/common';
import { DomainError, type StopJob } from '@osiris/contracts';
import { Sandboxes } from '@osiris/engine';
import { HandBack } from '@osiris/service-kit';
import { Previews } from '../previews/previews.service';
import { LaunchAdoption } from './launch-adoption.service';
import { type Ending, LaunchEnder } from './launch-ender.service';

const ENGINE_AWAY_RETRY_MS = 1_000;

/** Does what a stop job asks. */
@Injectable()
export class LaunchStopper {
  constructor(
    private readonly sandboxes: Sandboxes,
    private readonly previews: Previews,
    private readonly adoption: LaunchAdoption,
    private readonly ender: LaunchEnder,
  ) {}

  /** Idempotent: a container that is gone already is as good as stopped. */
  async stop(job: StopJob): Promise<void> {
    const outcome = job.reason === 'expired' ? 'expired' : 'stopped';
    const ending: Ending = { outcome, error: null, attempt: job.attempt };
    try {
      const preview = this.previews.get(job.launchId) ?? (await this.trackLeftOver(job.launchId));
      if (preview) {
        await this.ender.end(preview, ending);
        // It was being started anew: what came in its place is to end, and to be told of.
        if (preview.madeWay) await this.stop(job);
      } else await this.ender.reportWithoutContainer({ launchId: job.launchId, appId: job.appId, attempt: job.attempt ?? 1 }, ending);
    } catch (error) {
      if (error instanceof DomainError && error.code === 'ENGINE_UNAVAILABLE') throw new HandBack(ENGINE_AWAY_RETRY_MS, error.message);
      throw error;
    }
  }

  /** A container of a former life of this runner that has not been adopted yet. */
  private async trackLeftOver(launchId: string) {
    const state = await this.sandboxes.find(launchId);
    return state && this.adoption.track(state);
  }
}
