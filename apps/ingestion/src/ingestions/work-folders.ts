import { resolve } from 'node:path';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { ENV, LOGGER, type Logger, ScratchFolders } from '@osiris/service-kit';
import type { Env } from '../env';

/** Folders that repositories are fetched into, each for one ingestion. */
@Injectable()
export class WorkFolders implements OnModuleInit {
  private readonly folders: ScratchFolders;

  constructor(@Inject(ENV) env: Env, @Inject(LOGGER) logger: Logger) {
    this.folders = new ScratchFolders(resolve(env.OSIRIS_HOME, 'tmp', 'ingestions'), logger);
  }

  onModuleInit(): Promise<void> {
    return this.folders.removeLeftovers();
  }

  /** Gives `work` a folder that exists and is empty, and removes it whatever happens. */
  use<T>(work: (folder: string) => Promise<T>): Promise<T> {
    return this.folders.use(work);
  }
}
