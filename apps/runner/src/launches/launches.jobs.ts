import { Injectable } from '@nestjs/common';
import { type LaunchJob, launchJob, type StopJob, stopJob } from '@osiris/contracts';
import { HandlesJob, type JobContext } from '@osiris/service-kit';
import { Previews } from '../previews/previews.service';
import { LaunchStarter } from './launch-starter.service';
import { LaunchStopper } from './launch-stopper.service';

/** The runner's edge: the jobs it does. */
@Injectable()
export class LaunchesJobs {
  constructor(
    private readonly starter: LaunchStarter,
    private readonly stopper: LaunchStopper,
    private readonly previews: Previews,
  ) {}

  @HandlesJob(launchJob)
  async launch(job: JobContext<LaunchJob>): Promise<void> {
    await this.previews.working(job.payload.launchId, () => this.starter.start(job.payload, job.signal));
  }

  @HandlesJob(stopJob)
  async stop(job: JobContext<StopJob>): Promise<void> {
    await this.stopper.stop(job.payload);
  }
}
