import { Inject, Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { buildJob, housekeepingJob, imageRemovalJob } from '@osiris/contracts';
import { type EngineAvailability, EngineConnection } from '@osiris/engine';
import { Health, JobGate, LOGGER, type Logger } from '@osiris/service-kit';

/** Holds the jobs back while no container engine answers, and lets them go on when one appears. */
@Injectable()
export class EngineWatch implements OnModuleInit, OnModuleDestroy {
  private state: EngineAvailability = { available: false, reason: 'The container engine has not been asked yet' };
  private endWatch: () => void = () => undefined;

  constructor(
    private readonly engine: EngineConnection,
    private readonly gate: JobGate,
    health: Health,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    health.register('engine', () => Promise.resolve(this.state.available ? { status: 'up' } : { status: 'waiting', message: this.state.reason }));
  }

  onModuleInit(): void {
    this.apply(this.state);
    this.endWatch = this.engine.watch((state) => {
      this.logger.info({ available: state.available, reason: state.reason }, state.available ? 'A container engine answers' : 'Waiting for a container engine');
      this.apply(state);
    });
  }

  onModuleDestroy(): void {
    this.endWatch();
  }

  private apply(state: EngineAvailability): void {
    this.state = state;
    for (const job of [buildJob, imageRemovalJob, housekeepingJob]) {
      if (state.available) this.gate.release(job);
      else this.gate.hold(job, 'no container engine answers');
    }
  }
}
