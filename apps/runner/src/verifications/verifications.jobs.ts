import { Injectable } from '@nestjs/common';
import { type VerifyJob, verifyJob } from '@osiris/contracts';
import { HandBack, HandlesJob, type JobContext } from '@osiris/service-kit';
import { EngineGate } from '../engine/engine-gate.service';
import { Verifier } from './verifier.service';

const ENGINE_AWAY_RETRY_MS = 1_000;

@Injectable()
export class VerificationsJobs {
  constructor(
    private readonly verifier: Verifier,
    private readonly engine: EngineGate,
  ) {}

  @HandlesJob(verifyJob)
  async verify(job: JobContext<VerifyJob>): Promise<void> {
    if (!this.engine.isOpen) throw new HandBack(ENGINE_AWAY_RETRY_MS, 'No container engine answers');
    await this.verifier.verify(job.payload, job.signal);
  }
}
