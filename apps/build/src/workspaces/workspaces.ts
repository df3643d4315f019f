import { resolve } from 'node:path';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { ENV, LOGGER, type Logger, ScratchFolders } from '@osiris/service-kit';
import type { BuildEnv } from '../env';

/** Folders of builds, each for one. */
@Injectable()
export class Workspaces implements OnModuleInit {
  private readonly folders: ScratchFolders;

  constructor(@Inject(ENV) env: BuildEnv, @Inject(LOGGER) logger: Logger) {
    this.folders = new ScratchFolders(resolve(env.OSIRIS_HOME, 'tmp', 'builds'), logger);
  }

  onModuleInit(): Promise<void> {
    return this.folders.removeLeftovers();
  }

  /** Gives `work` an empty folder and removes it, whatever happens. */
  use<T>(work: (folder: string) => Promise<T>): Promise<T> {
    return this.folders.use(work);
  }
}
