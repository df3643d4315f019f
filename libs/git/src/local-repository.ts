import { readFile, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { DomainError } from '@osiris/contracts';
import { allowedPath } from './address-check';

/** Git itself follows no longer chain of repositories that borrow objects. */
const MAX_ALTERNATES = 32;
const MAX_POINTER_BYTES = 64 * 1024;

export interface LocalRepository {
  gitDir: string;
  /** Where a work tree's repository keeps what all its work trees have; else `gitDir`. */
  commonDir: string;
}

/**
 * The git folder of a repository of this machine, for reading in place. Everything in it that says where else objects or
 * refs lie has to stay below the allowed roots.
 * @throws DomainError HOST_NOT_ALLOWED where something leads out of them, REPO_NOT_FOUND where there is no repository
 */
export async function openLocal(path: string, allowedRoots: readonly string[]): Promise<LocalRepository> {
  const real = await allowedPath(path, allowedRoots);
  const allowed = (folder: string): Promise<string> => allowedPath(folder, allowedRoots);
  for (const candidate of [join(real, '.git'), real, join(`${real}.git`, '.git'), `${real}.git`]) {
    const gitDir = await gitDirAt(candidate, allowed);
    if (gitDir === null) continue;
    const commonDir = await commonDirOf(gitDir, allowed);
    await checkObjects(await allowed(join(commonDir, 'objects')), allowed);
    // Folders of refs are read by git: they have to be where they seem to be.
    for (const name of ['refs', 'packed-refs']) await allowed(join(commonDir, name));
    return { gitDir, commonDir };
  }
  throw new DomainError('REPO_NOT_FOUND', 'There is no git repository at this URL on this machine');
}

async function gitDirAt(candidate: string, allowed: (path: string) => Promise<string>): Promise<string | null> {
  const found = await stat(candidate).catch(() => null);
  if (found === null) return null;
  const place = await allowed(candidate);
  if (found.isDirectory()) return (await exists(join(place, 'HEAD'))) ? place : null;
  // Of a worktree or a submodule: a file that says where the folder is.
  const target = found.isFile() ? /^gitdir: (.+)/.exec(await beginningOf(place))?.[1] : undefined;
  if (target === undefined) return null;
  const gitDir = await allowed(resolve(dirname(place), target));
  return (await exists(join(gitDir, 'HEAD'))) ? gitDir : null;
}

/** Where the repository lies to which a worktree belongs. */
async function commonDirOf(gitDir: string, allowed: (path: string) => Promise<string>): Promise<string> {
  const pointer = (await beginningOf(join(gitDir, 'commondir'))).trim();
  return pointer === '' ? gitDir : allowed(resolve(gitDir, pointer));
}

/** https://git-scm.com/docs/gitrepository-layout, objects/info/alternates */
async function checkObjects(folder: string, allowed: (path: string) => Promise<string>): Promise<void> {
  const seen = new Set<string>();
  for (const waiting = [folder]; waiting.length > 0; ) {
    const objects = waiting.pop() as string;
    if (seen.has(objects)) continue;
    if (seen.size === MAX_ALTERNATES) throw new DomainError('HOST_NOT_ALLOWED', 'The repository borrows objects from too many others');
    seen.add(objects);
    for (const line of (await beginningOf(join(objects, 'info', 'alternates'))).split('\n')) {
      if (line === '' || line.startsWith('#')) continue;
      // A quoted path is left as it is: nothing of that name is below a root.
      waiting.push(await allowed(line.startsWith('"') ? line : resolve(objects, line)));
    }
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(() => true, () => false);
}

/** Empty where there is no such file. @throws DomainError HOST_NOT_ALLOWED where it is larger than any file that names folders */
async function beginningOf(path: string): Promise<string> {
  const found = await stat(path).catch(() => null);
  if (!found?.isFile()) return '';
  if (found.size > MAX_POINTER_BYTES) throw new DomainError('HOST_NOT_ALLOWED', 'The repository borrows objects from too many others');
  return readFile(path, 'utf8');
}
