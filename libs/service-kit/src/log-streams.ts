import { join, resolve } from 'node:path';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { buildLogSubject, launchLogSubject } from '@osiris/contracts';
import { ulid } from 'ulid';
import type { BaseEnv } from './env';
import type { Identity } from './identity';
import { LogSpool } from './log-spool';
import { LogStream } from './log-stream';
import type { Logger } from './logger';
import { Nats } from './nats/nats';
import { ScratchFolders } from './scratch-folders';
import { ENV, IDENTITY, LOGGER } from './tokens';

export interface LogStreamOf {
  appId: string;
  buildId?: string;
  launchId?: string;
  attempt: number;
  /**
   * Which telling of the log it is: by default a new one at each `open`. Who tells the same lines again with the same
   * numbers, such as a container's output after a restart, names the same run, and its watchers go on where they are.
   */
  run?: string;
}

/** Opens the live log of a build or a launch. */
@Injectable()
export class LogStreams implements OnModuleInit {
  private readonly spools: ScratchFolders;

  constructor(
    private readonly nats: Nats,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(ENV) env: BaseEnv,
    @Inject(IDENTITY) identity: Pick<Identity, 'service'>,
  ) {
    this.spools = new ScratchFolders(resolve(env.OSIRIS_HOME, 'tmp', 'logs', identity.service), logger);
  }

  /** What a killed process left behind: its jobs come again and write new ones. */
  onModuleInit(): Promise<void> {
    return this.spools.removeLeftovers();
  }

  /** The lines of an earlier run are purged: a log is one run's. */
  async open(of: LogStreamOf): Promise<LogStream> {
    const subject = of.buildId ? buildLogSubject(of.buildId) : launchLogSubject(of.launchId ?? '');
    const folder = await this.spools.make();
    await this.nats
      .jetstreamManager()
      .streams.purge('LOGS', { filter: subject })
      .catch((error: unknown) => this.logger.debug({ err: error, subject }, 'No earlier log to purge'));
    const failed = (error: Error): void =>
      this.logger.error({ err: error, buildId: of.buildId, launchId: of.launchId }, 'A log cannot be spooled: it goes on live and is not stored');
    const spool = (name: string): LogSpool => new LogSpool(join(folder, name), failed);
    return new LogStream({ ...of, run: of.run ?? ulid() }, {
      text: spool('text.gz'),
      // What a launch prints has neither steps nor times that its text would not tell.
      ...(of.buildId ? { lines: spool('lines.gz') } : {}),
      removeSpools: () => this.spools.remove(folder),
      publish: (chunk) => this.nats.publishJson(subject, chunk),
      logger: this.logger,
    });
  }
}
