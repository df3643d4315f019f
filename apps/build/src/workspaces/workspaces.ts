import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join, resolve } from 'node:path';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { ENV, LOGGER, type Logger } from '@osiris/service-kit';
import type { BuildEnv } from '../env';

/** A folder this old belongs to nobody, whatever process made it. */
const LEFTOVER_AGE_MS = 48 * 3_600_000;
/** `<host>~<pid>~<random>`: tells whose folder it is where several workers share one home. */
const FOLDER = /^(.+)~(\d+)~[A-Za-z0-9]+$/;

/** Temporary folders under OSIRIS_HOME: each is removed after its use, and what a killed worker left at the next start. */
@Injectable()
export class Workspaces implements OnModuleInit {
  private readonly root: string;
  private readonly host = hostname().replace(/[^A-Za-z0-9.-]/g, '-');

  constructor(
    @Inject(ENV) env: BuildEnv,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.root = resolve(env.OSIRIS_HOME, 'tmp', 'builds');
  }

  async onModuleInit(): Promise<void> {
    for (const name of await readdir(this.root).catch(() => [])) {
      if (!(await this.isLeftover(name))) continue;
      this.logger.info({ folder: name }, 'removing the folder of a build that was interrupted');
      await rm(join(this.root, name), { recursive: true, force: true });
    }
  }

  /** Gives `work` an empty folder and removes it, whatever happens. */
  async use<T>(work: (folder: string) => Promise<T>): Promise<T> {
    await mkdir(this.root, { recursive: true });
    const folder = await mkdtemp(join(this.root, `${this.host}~${process.pid}~`));
    try {
      return await work(folder);
    } finally {
      await rm(folder, { recursive: true, force: true, maxRetries: 3 }).catch((error: unknown) => this.logger.warn({ err: error }, 'a temporary folder could not be removed'));
    }
  }

  private async isLeftover(name: string): Promise<boolean> {
    const [, host, pid] = FOLDER.exec(name) ?? [];
    // At start this process has none of its own: its number on a folder is an earlier process's.
    if (host === this.host) return Number(pid) === process.pid || !isRunning(Number(pid));
    const made = await stat(join(this.root, name)).catch(() => null);
    return made !== null && Date.now() - made.mtimeMs > LEFTOVER_AGE_MS;
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
