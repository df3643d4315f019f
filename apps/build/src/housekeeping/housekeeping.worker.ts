import { Injectable } from '@nestjs/common';
import { housekeepingJob } from '@osiris/contracts';
import { isEngineUnreachable } from '@osiris/engine';
import { HandBack, HandlesJob, type JobContext } from '@osiris/service-kit';
import { Housekeeping } from './housekeeping';

const NO_ENGINE_RETRY_MS = 2_000;

/** Clears up when the catalog asks for it. */
@Injectable()
export class HousekeepingWorker {
  constructor(private readonly housekeeping: Housekeeping) {}

  @HandlesJob(housekeepingJob)
  async run(_job: JobContext<unknown>): Promise<void> {
    try {
      await this.housekeeping.run();
    } catch (error) {
      if (isEngineUnreachable(error)) throw new HandBack(NO_ENGINE_RETRY_MS, 'no container engine answers');
      throw error;
    }
  }
}
