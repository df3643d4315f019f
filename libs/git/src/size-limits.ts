import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DomainError } from '@osiris/contracts';

/** A tree with more entries than this is refused as REPO_TOO_LARGE before a single file is written. */
export const MAX_ENTRIES = 200_000;

export function tooLarge(maxBytes: number): DomainError {
  return new DomainError('REPO_TOO_LARGE', `The repository is larger than ${Math.round(maxBytes / 1024 / 1024)} MB or holds more than ${MAX_ENTRIES} files`);
}

/** What a fetch into `gitDir` has received so far, in bytes. Packs under way count. */
export async function packBytes(gitDir: string): Promise<number> {
  const folder = join(gitDir, 'objects', 'pack');
  const names = await readdir(folder).catch(() => []);
  const sizes = await Promise.all(names.map((name) => stat(join(folder, name)).then(({ size }) => size, () => 0)));
  return sizes.reduce((sum, size) => sum + size, 0);
}
