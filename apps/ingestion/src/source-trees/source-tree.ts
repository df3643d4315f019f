import { constants } from 'node:fs';
import { lstat, open, readdir, realpath } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import type { CommitFiles, ReadFile, RepositoryFile } from '../readers/reader';

/** More files than this are not looked at; what lies nearer to the root comes first. */
export const MAX_FILES = 20_000;
const MAX_DEPTH = 24;

/** A fetched repository's files, read without ever leaving its folder and within bounds. */
export class SourceTree implements CommitFiles {
  private constructor(
    private readonly root: string,
    readonly files: readonly RepositoryFile[],
    /** True where there are more files than were listed. */
    readonly truncated: boolean,
  ) {}

  static async open(root: string): Promise<SourceTree> {
    const files: RepositoryFile[] = [];
    let level = [''];
    for (let depth = 0; depth < MAX_DEPTH && level.length > 0; depth++) {
      const deeper: string[] = [];
      for (const folder of level) {
        const entries = await readdir(join(root, folder), { withFileTypes: true });
        for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
          const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
          if (entry.isDirectory() && entry.name !== '.git') deeper.push(path);
          if (!entry.isFile()) continue;
          if (files.length === MAX_FILES) return new SourceTree(root, files, true);
          files.push({ path, bytes: (await lstat(join(root, path))).size });
        }
      }
      level = deeper;
    }
    return new SourceTree(root, files, level.length > 0);
  }

  async read(paths: readonly string[], maxBytes: number): Promise<ReadonlyMap<string, ReadFile>> {
    const found = new Map<string, ReadFile>();
    for (const path of paths) {
      const file = await this.readOne(path, maxBytes);
      if (file) found.set(path, file);
    }
    return found;
  }

  private async readOne(path: string, maxBytes: number): Promise<ReadFile | undefined> {
    if (!this.files.some((file) => file.path === path)) return undefined;
    const absolute = join(this.root, path);
    // The listing saw a plain file in plain folders; that must still be so.
    const [root, folder] = await Promise.all([realpath(this.root), realpath(dirname(absolute))]);
    if (folder !== root && !folder.startsWith(root + sep)) return undefined;
    const file = await open(absolute, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    try {
      const { size } = await file.stat();
      const buffer = Buffer.alloc(Math.min(size, maxBytes));
      const { bytesRead } = await file.read(buffer, 0, buffer.length, 0);
      return { beginning: buffer.subarray(0, bytesRead), bytes: size };
    } finally {
      await file.close();
    }
  }
}
