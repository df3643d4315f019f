import { resolve } from 'node:path';
import { Inject, Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { ENV, LOGGER, type Logger, ScratchFolders } from '@osiris/service-kit';
import type { Env } from '../env';

/** This process's folder for what git fetches. Fetches make and remove their own folders in it; what a killed process left is removed. */
@Injectable()
export class ScratchFolder implements OnModuleInit, OnModuleDestroy {
  private readonly folders: ScratchFolders;
  private made: string | undefined;

  constructor(@Inject(ENV) env: Env, @Inject(LOGGER) logger: Logger) {
    this.folders = new ScratchFolders(resolve(env.OSIRIS_HOME, 'tmp', 'ingestions'), logger);
  }

  get path(): string {
    if (this.made === undefined) throw new Error('There is no folder yet, or no more');
    return this.made;
  }

  async onModuleInit(): Promise<void> {
    await this.folders.removeLeftovers();
    this.made = await this.folders.make();
  }

  async onModuleDestroy(): Promise<void> {
    if (this.made !== undefined) await this.folders.remove(this.made);
  }
}
