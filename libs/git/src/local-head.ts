import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { RefName } from '@osiris/contracts';
import type { LocalRepository } from './local-repository';
import type { ObjectReader } from './object-reader';
import type { RemoteRef } from './remote-refs';

/** Settings by which a repository shows others fewer refs than it has, or may have in a file that is not looked at here. */
const MAY_HIDE = /hiderefs|\[\s*include/i;

/** Larger ones are left to git. */
const MAX_TEXT_BYTES = 1024 * 1024;

/**
 * What `ref` points at, by the process that reads the objects anyway. Null where that is not certain: where the repository
 * may hide refs, keeps them in another way than in files, or has none of that name. Its server program is to be asked then.
 */
export async function findLocalHead(objects: ObjectReader, repository: LocalRepository, ref: string | null): Promise<RemoteRef | null> {
  const { gitDir, commonDir } = repository;
  const [head, ...settings] = await Promise.all([textOf(gitDir, 'HEAD'), textOf(commonDir, 'config'), textOf(gitDir, 'config.worktree')]);
  if (head === null || settings.some((text) => text === null || MAY_HIDE.test(text))) return null;
  if (ref !== null) return firstOf(objects, ref.startsWith('refs/') ? [ref] : [`refs/heads/${ref}`, `refs/tags/${ref}`]);
  const branch = /^ref: (refs\/heads\/\S+)\s*$/.exec(head)?.[1];
  if (branch !== undefined) return RefName.safeParse(branch).success ? firstOf(objects, [branch]) : null;
  return /^[0-9a-f]+\s*$/.test(head) ? firstOf(objects, ['HEAD']) : null;
}

async function firstOf(objects: ObjectReader, names: readonly string[]): Promise<RemoteRef | null> {
  const found: RemoteRef[] = [];
  let next = 0;
  for await (const object of objects.read(names.map((name) => `${name}^{commit}`), 0)) {
    const fullName = names[next++] as string;
    if (object) found.push({ commitSha: object.oid, fullName, shortName: fullName === 'HEAD' ? null : fullName.replace(/^refs\/(heads|tags)\//, '') });
  }
  return found[0] ?? null;
}

/** Empty where there is no such file; null for what is too large to be looked at, or no file: reading a pipe would never end. */
async function textOf(folder: string, name: string): Promise<string | null> {
  const path = join(folder, name);
  const found = await stat(path).catch(() => null);
  if (found === null) return '';
  return found.isFile() && found.size <= MAX_TEXT_BYTES ? readFile(path, 'utf8').catch(() => '') : null;
}
