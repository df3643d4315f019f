import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { ENV, LOGGER, type Logger, runWithTrace } from '@osiris/service-kit';
import type { Env } from '../env';
import { Interval } from '../lifecycle/interval';
import type { ServiceEntity } from '../services/service.entity';
import { ServicesService } from '../services/services.service';
import { probeReadiness } from './readiness-probe';

/** Looks at every registered service again and again, and at one that has just started at once. */
@Injectable()
export class HealthWatch implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly interval: Interval;
  private stopped = false;

  constructor(
    private readonly services: ServicesService,
    @Inject(ENV) private readonly env: Env,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.interval = new Interval(env.SERVICE_HEALTH_INTERVAL_MS, () => this.lookAtAll(), logger, 'Services could not be looked at');
  }

  onApplicationBootstrap(): void {
    this.services.onStarted((slug) => void this.lookAtOne(slug));
    this.interval.start();
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    await this.interval.stop();
  }

  async lookAtAll(): Promise<void> {
    await Promise.all((await this.services.all()).map((service) => this.look(service)));
  }

  private async lookAtOne(slug: string): Promise<void> {
    try {
      const service = (await this.services.all()).find((one) => one.slug === slug);
      if (service && !this.stopped) await this.look(service);
    } catch (error) {
      this.logger.warn({ err: error, slug }, 'A service could not be looked at');
    }
  }

  private async look({ slug, baseUrl }: ServiceEntity): Promise<void> {
    const probe = await probeReadiness(baseUrl, this.env.SERVICE_HEALTH_TIMEOUT_MS);
    if (!this.stopped) await runWithTrace(undefined, () => this.services.observed(slug, probe));
  }
}
