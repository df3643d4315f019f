import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { Logger } from './logger';

/** Another host's folder this old belongs to nobody: no job and no launch lasts as long. */
const LEFTOVER_AGE_MS = 48 * 3_600_000;
/** `<host>~<pid>~<random>`: tells whose folder it is where several processes share one home. */
const FOLDER = /^(.+)~(\d+)~[A-Za-z0-9]+$/;
/** What this process has made: a folder with its number that is not among these is an earlier process's. */
const ownFolders = new Set<string>();

/**
 * Temporary folders below one root that several processes, also of several hosts, may share. A killed process cannot
 * remove its own: the next one to start does, and leaves those of the living alone.
 */
export class ScratchFolders {
  private readonly host = hostname().replace(/[^A-Za-z0-9.-]/g, '-');

  constructor(
    readonly root: string,
    private readonly logger: Logger,
  ) {}

  /** An empty folder, to be given to `remove`. */
  async make(): Promise<string> {
    await mkdir(this.root, { recursive: true });
    const folder = await mkdtemp(join(this.root, `${this.host}~${process.pid}~`));
    ownFolders.add(folder);
    return folder;
  }

  /** Never throws: what cannot be removed now is a leftover for the next start. */
  async remove(folder: string): Promise<void> {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 }).then(
      () => ownFolders.delete(folder),
      (error: unknown) => this.logger.warn({ err: error, folder }, 'A temporary folder could not be removed'),
    );
  }

  /** Gives `work` an empty folder and removes it, whatever happens. */
  async use<T>(work: (folder: string) => Promise<T>): Promise<T> {
    const folder = await this.make();
    try {
      return await work(folder);
    } finally {
      await this.remove(folder);
    }
  }

  /** Removes what processes that are gone have left. */
  async removeLeftovers(): Promise<void> {
    for (const name of await readdir(this.root).catch(() => [])) {
      const folder = join(this.root, name);
      if (!(await this.isLeftover(name, folder))) continue;
      this.logger.info({ folder }, 'Removing the temporary folder of a process that was killed');
      await this.remove(folder);
    }
  }

  private async isLeftover(name: string, folder: string): Promise<boolean> {
    const [, host, pid] = FOLDER.exec(name) ?? [];
    if (host === this.host) return Number(pid) === process.pid ? !ownFolders.has(folder) : !isRunning(Number(pid));
    const made = await stat(folder).catch(() => null);
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
