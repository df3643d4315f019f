import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, link, mkdir, open, readdir, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import type { Readable } from 'node:stream';
import { DomainError } from '@osiris/contracts';
import type { DownloadUrls } from '../downloads/download-urls';
import { measured } from './measured';
import { checkObjectKey } from './object-key';
import type { ByteRange, DownloadOptions, ObjectStore, PutOptions, PutResult, StoredObject } from './object-store';

/** Holds what is being written; no key can begin with a dot. */
const INCOMING = '.incoming';

/** Keeps objects as files below one folder; downloads go through the gateway by URLs that this service signs. */
export class FolderObjectStore implements ObjectStore {
  readonly description = 'local folder';
  private readonly root: string;

  constructor(
    root: string,
    private readonly urls: DownloadUrls,
  ) {
    this.root = resolve(root);
  }

  async removeAbandoned(before: Date): Promise<number> {
    const incoming = join(this.root, INCOMING);
    let removed = 0;
    await writing(async () => {
      await mkdir(incoming, { recursive: true });
      for (const name of await readdir(incoming)) {
        const file = join(incoming, name);
        const info = await stat(file).catch(() => undefined);
        if (!info || info.mtimeMs >= before.getTime()) continue;
        await rm(file, { force: true });
        removed++;
      }
    });
    return removed;
  }

  /** Whole or not at all: written aside, synced, then linked into place, which fails where the name is taken (link(2)). */
  async put(key: string, body: Readable, { maxBytes }: PutOptions): Promise<PutResult> {
    const target = this.pathOf(key);
    const aside = join(this.root, INCOMING, randomUUID());
    return writing(async () => {
      await mkdir(dirname(aside), { recursive: true });
      try {
        const file = await open(aside, 'wx', 0o640);
        let stored: StoredObject;
        try {
          stored = await measured(body, maxBytes, (bytes) => writeFile(file, bytes));
          await file.sync();
        } finally {
          await file.close();
        }
        await mkdir(dirname(target), { recursive: true });
        await this.checkInside(target);
        const created = await linked(aside, target);
        if (created) await syncFolder(dirname(target));
        return { ...stored, created };
      } finally {
        await rm(aside, { force: true });
      }
    });
  }

  async get(key: string, range?: ByteRange): Promise<Readable> {
    const file = await reading(() => this.openObject(key));
    return file.createReadStream(range ? { start: range.start, end: range.end } : {});
  }

  async stat(key: string): Promise<{ bytes: number } | null> {
    try {
      const file = await reading(() => this.openObject(key));
      try {
        return { bytes: (await file.stat()).size };
      } finally {
        await file.close();
      }
    } catch (error) {
      if (error instanceof DomainError && error.code === 'NOT_FOUND') return null;
      throw error;
    }
  }

  async delete(key: string): Promise<void> {
    try {
      await reading(async () => {
        const path = this.pathOf(key);
        await this.checkInside(path);
        await rm(path, { force: true });
      });
    } catch (error) {
      if (!(error instanceof DomainError && error.code === 'NOT_FOUND')) throw error;
    }
  }

  signDownload(key: string, expirySeconds: number, options: DownloadOptions): Promise<string> {
    return Promise.resolve(this.urls.sign(checkObjectKey(key), expirySeconds, options));
  }

  /** A full or read-only disk is found here, not by the next upload. */
  async check(): Promise<void> {
    await writing(async () => {
      const probe = join(this.root, INCOMING, `check-${randomUUID()}`);
      await mkdir(dirname(probe), { recursive: true });
      const file = await open(probe, 'wx');
      await file.close();
      await rm(probe);
    });
  }

  private pathOf(key: string): string {
    const path = join(this.root, checkObjectKey(key));
    if (!path.startsWith(this.root + sep)) throw new DomainError('NOT_FOUND', 'There is no such object');
    return path;
  }

  /** Keys cannot name a way out; a symbolic link put into the folder by someone else could be one. */
  private async checkInside(path: string): Promise<void> {
    const [root, parent] = await Promise.all([realpath(this.root), realpath(dirname(path))]);
    if (parent !== root && !parent.startsWith(root + sep)) throw new DomainError('NOT_FOUND', 'There is no such object');
  }

  private async openObject(key: string): Promise<FileHandle> {
    const path = this.pathOf(key);
    await this.checkInside(path);
    const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    if ((await file.stat()).isFile()) return file;
    await file.close();
    throw new DomainError('NOT_FOUND', 'There is no such object');
  }
}

/** Nothing at a path, or no folder on the way to it: no such object. */
const MISSING = new Set(['ENOENT', 'ENOTDIR', 'ELOOP']);

async function reading<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (MISSING.has((error as NodeJS.ErrnoException).code ?? '')) throw new DomainError('NOT_FOUND', 'There is no such object', { cause: error });
    throw unavailable(error);
  }
}

/** Writing makes the folders it needs: one that is missing all the same is the store's failure. */
async function writing<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw unavailable(error);
  }
}

function unavailable(error: unknown): unknown {
  const { syscall, code } = error as NodeJS.ErrnoException;
  if (error instanceof DomainError || syscall === undefined) return error;
  return new DomainError('STORE_UNAVAILABLE', `The object folder cannot be used (${code ?? 'unknown'})`, { cause: error, retryAfterSeconds: 5 });
}

/** What file systems without hard links say: FAT, and some that come over a network. */
const NO_LINKS = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK']);

/** Gives the file its name, and tells whether that was free. */
async function linked(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (code === 'EEXIST') return false;
    if (!NO_LINKS.has(code)) throw error;
  }
  // One process writes this folder, and one upload at a time each key: between these two calls nobody comes.
  if (await stat(to).catch(() => undefined)) return false;
  await rename(from, to);
  return true;
}

/** A name lasts only once its folder is synced (fsync(2)). */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
