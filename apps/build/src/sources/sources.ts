import { join, resolve } from 'node:path';
import { Inject, Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import type { BuildJob } from '@osiris/contracts';
import type { CheckedOutCommit } from '@osiris/git';
import { ENV, LOGGER, type Logger, ScratchFolders } from '@osiris/service-kit';
import type { BuildEnv } from '../env';

export type SourceOf = Pick<BuildJob, 'appId' | 'repoUrl' | 'commitSha'>;

/** A commit's files. Builds read them and change nothing. */
export interface Source {
  /** The work tree: what a stranger committed. */
  tree: string;
  commit: CheckedOutCommit;
  /** Whether they are here since an earlier build. */
  kept: boolean;
  /** What was made of these files before, under this name, or else `make` makes of them now. It is kept as long as they are. */
  once<T>(name: string, make: () => Promise<T>): Promise<T>;
}

interface Kept {
  key: string;
  folder: string;
  commit: CheckedOutCommit;
  /** See `Source.once`. */
  made: Map<string, Promise<unknown>>;
  /** Builds that read it now. */
  users: number;
  /** Removed as soon as nobody reads it. */
  dropped: boolean;
  expiry?: NodeJS.Timeout;
}

const KEPT_FOR_MS = 3_600_000;
/** In bytes, beside a file's content: blocks of a disk, and the memory for what is known of it. */
const FILE_COST = 16 * 1024;
/** Of one commit: its Dockerfiles are built from, one now and one then. */
const MOST_MADE = 4;

/**
 * The files of the commits that are built. Those of each app's last build are kept for an hour, within a limit of bytes: who
 * builds again, after a failure or with other arguments, does not wait for git. A commit's files never change, so that
 * nothing has to be compared; what a killed process kept is not taken over.
 */
@Injectable()
export class Sources implements OnModuleInit, OnModuleDestroy {
  private readonly folders: ScratchFolders;
  /** By app, the one used last at the end. */
  private readonly kept = new Map<string, Kept>();

  constructor(@Inject(ENV) private readonly env: BuildEnv, @Inject(LOGGER) logger: Logger) {
    this.folders = new ScratchFolders(resolve(env.OSIRIS_HOME, 'tmp', 'builds'), logger);
  }

  onModuleInit(): Promise<void> {
    return this.folders.removeLeftovers();
  }

  async onModuleDestroy(): Promise<void> {
    for (const appId of [...this.kept.keys()]) await this.forget(appId);
  }

  /**
   * Gives `work` the commit's files.
   * @param fetch writes them into a folder, where they are not here yet
   */
  async use<T>(of: SourceOf, fetch: (into: string) => Promise<CheckedOutCommit>, work: (source: Source) => Promise<T>): Promise<T> {
    const here = this.kept.get(of.appId);
    const used = here?.key === keyOf(of) ? here : await this.fetched(of, fetch);
    if (used === here) this.keep(of.appId, used);
    try {
      return await work({ tree: treeIn(used.folder), commit: used.commit, kept: used === here, once: (name, make) => once(used.made, name, make) });
    } finally {
      used.users--;
      if (used.dropped) await this.removeUnused(used);
      else await this.makeRoom();
    }
  }

  /** Keeps nothing of an app any more. */
  async forget(appId: string): Promise<void> {
    const kept = this.kept.get(appId);
    if (!kept) return;
    this.kept.delete(appId);
    await this.drop(kept);
  }

  private async fetched(of: SourceOf, fetch: (into: string) => Promise<CheckedOutCommit>): Promise<Kept> {
    const folder = await this.folders.make();
    try {
      const kept: Kept = { key: keyOf(of), folder, commit: await fetch(treeIn(folder)), made: new Map(), users: 0, dropped: false };
      const before = this.kept.get(of.appId);
      this.keep(of.appId, kept);
      if (before) await this.drop(before);
      return kept;
    } catch (error) {
      await this.folders.remove(folder);
      throw error;
    }
  }

  /** With one more who uses it. */
  private keep(appId: string, used: Kept): void {
    used.users++;
    clearTimeout(used.expiry);
    used.expiry = setTimeout(() => void this.forget(appId), KEPT_FOR_MS).unref();
    this.kept.delete(appId);
    this.kept.set(appId, used);
  }

  private async drop(kept: Kept): Promise<void> {
    clearTimeout(kept.expiry);
    kept.dropped = true;
    await this.removeUnused(kept);
  }

  private async makeRoom(): Promise<void> {
    let bytes = [...this.kept.values()].reduce((sum, { commit }) => sum + costOf(commit), 0);
    for (const [appId, { users, commit }] of [...this.kept]) {
      if (bytes <= this.env.BUILD_SOURCES_MAX_BYTES) return;
      if (users > 0) continue;
      bytes -= costOf(commit);
      await this.forget(appId);
    }
  }

  private async removeUnused({ users, folder }: Kept): Promise<void> {
    if (users === 0) await this.folders.remove(folder);
  }
}

async function once<T>(made: Map<string, Promise<unknown>>, name: string, make: () => Promise<T>): Promise<T> {
  const before = made.get(name) as Promise<T> | undefined;
  if (before) return before;
  if (made.size >= MOST_MADE) made.clear();
  const making = make();
  made.set(name, making);
  // What failed may succeed another time.
  making.catch(() => made.delete(name));
  return making;
}

const costOf = ({ bytes, blobs }: CheckedOutCommit): number => bytes + blobs.size * FILE_COST;
const keyOf = ({ repoUrl, commitSha }: SourceOf): string => `${commitSha} ${repoUrl}`;
const treeIn = (folder: string): string => join(folder, 'tree');
