import { Injectable } from '@nestjs/common';
import { type LaunchJob, launchJob, type StopJob, stopJob } from '@osiris/contracts';
import { HandBack, HandlesJob, type JobContext } from '@osiris/service-kit';
import { EngineGate } from '../engine/engine-gate.service';
import { Previews } from '../previews/previews.service';
import { LaunchStarter } from './launch-starter.service';
import { LaunchStopper } from './launch-stopper.service';

const ENGINE_AWAY_RETRY_MS = 1_000;

/** The runner's edge: the jobs it does. */
@Injectable()
export class LaunchesJobs {
  constructor(
    private readonly starter: LaunchStarter,
    private readonly stopper: LaunchStopper,
    private readonly previews: Previews,
    private readonly engine: EngineGate,
  ) {}

  @HandlesJob(launchJob)
  async launch(job: JobContext<LaunchJob>): Promise<void> {
    this.needEngine();
    await this.previews.working(job.payload, () => this.starter.start(job.payload, job.signal));
  }

  @HandlesJob(stopJob)
  async stop(job: JobContext<StopJob>): Promise<void> {
    this.needEngine();
    await this.stopper.stop(job.payload);
  }

  /** The gate holds back what was not asked for yet; a request for a job that was under way when it closed still brings one. */
  private needEngine(): void {
    if (!this.engine.isOpen) throw new HandBack(ENGINE_AWAY_RETRY_MS, 'No container engine answers');
  }
}
