import { Injectable } from '@nestjs/common';
import { type ArtifactPlan, housekeepingJob } from '@osiris/contracts';
import { Database } from '../database/database';
import { Outbox } from '../outbox/outbox';

@Injectable()
export class Housekeeping {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
  ) {}

  plan(): Promise<ArtifactPlan> {
    return Promise.resolve({ count: 0, bytes: 0, items: [] });
  }

  async run(): Promise<void> {
    await this.database.write(async (tx) => {
      await this.outbox.job(tx, housekeepingJob, 'housekeeping', {});
    });
  }
}
