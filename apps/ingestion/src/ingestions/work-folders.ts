import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { ENV } from '@osiris/service-kit';
import type { Env } from '../env';

/** No ingestion lasts this long: what is older was left by a process that was killed, in milliseconds. */
const ABANDONED_MS = 2 * 3_600_000;

/** Folders that repositories are fetched into, each for one ingestion. */
@Injectable()
export class WorkFolders implements OnModuleInit {
  private readonly prefix: string;

  constructor(@Inject(ENV) env: Env) {
    this.prefix = `osiris-ingestion-${env.HUB_ID}-`;
  }

  async onModuleInit(): Promise<void> {
    for (const name of await readdir(tmpdir())) {
      if (!name.startsWith(this.prefix)) continue;
      const path = join(tmpdir(), name);
      const info = await stat(path).catch(() => undefined);
      if (info && Date.now() - info.mtimeMs > ABANDONED_MS) await rm(path, { recursive: true, force: true });
    }
  }

  /** Gives `work` a folder that exists and is empty, and removes it whatever happens. */
  async use<T>(work: (folder: string) => Promise<T>): Promise<T> {
    const folder = await mkdtemp(join(tmpdir(), this.prefix));
    try {
      return await work(folder);
    } finally {
      await rm(folder, { recursive: true, force: true, maxRetries: 3 });
    }
  }
}
