import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { GitVersion } from '@osiris/git';
import { Health, LOGGER, type Logger } from '@osiris/service-kit';

/** Says at start and in `/readyz` what is wrong with this machine's git. */
@Injectable()
export class GitCheck implements OnModuleInit {
  constructor(
    private readonly version: GitVersion,
    health: Health,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    health.register('git', () => version.state());
  }

  async onModuleInit(): Promise<void> {
    const { status, message } = await this.version.state();
    if (message !== undefined) this.logger.warn({ status }, message);
  }
}
