import { folderOf, isOfTheApp } from '../readers/app-folders';
import type { Repository } from '../readers/reader';
import { goModLock } from './go-mod-lock';
import { bunLock, composerLock, denoLock, nugetLock, pipfileLock } from './json-locks';
import { gemfileLock, gradleLock, mixLock } from './line-locks';
import { LockDraft, type LockFile, type LockFormat } from './lock-file';
import { npmLock } from './npm-lock';
import { pnpmLock } from './pnpm-lock';
import { cargoLock, poetryLock, uvLock } from './toml-locks';
import { yarnLock } from './yarn-lock';

/** Every lock file that is understood. Of two of one ecosystem in a folder the earlier counts: npm's is the one that is written by mistake. */
export const ALL_LOCKS: readonly LockFormat[] = [pnpmLock, yarnLock, bunLock, npmLock, denoLock, uvLock, poetryLock, pipfileLock, cargoLock, goModLock, composerLock, gemfileLock, mixLock, nugetLock, gradleLock];

/** Lock files at most that are looked into. */
export const MAX_LOCK_FILES = 20;
/** In bytes, of one. The largest of well-known monorepos have half of it. */
export const MAX_LOCK_BYTES = 4_000_000;

export function lockFormatOf(path: string): LockFormat | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return ALL_LOCKS.find((format) => format.matches(name));
}

/** Paths of the app's lock files, nearest to the root first; one of each ecosystem in a folder. */
export function wantedLockFiles({ files, dockerfilePath }: Repository): string[] {
  const chosen = new Map<string, { path: string; rank: number }>();
  for (const { path } of files) {
    const format = lockFormatOf(path);
    if (!format || !isOfTheApp(path, dockerfilePath)) continue;
    const place = `${folderOf(path)} ${format.ecosystem}`;
    const rank = ALL_LOCKS.indexOf(format);
    const known = chosen.get(place);
    if (!known || rank < known.rank) chosen.set(place, { path, rank });
  }
  return [...chosen.values()].slice(0, MAX_LOCK_FILES).map(({ path }) => path);
}

/** The lock file of that path; undefined where it is none. */
export function parseLockFile(path: string, text: string): LockFile | undefined {
  const format = lockFormatOf(path);
  if (!format) return undefined;
  try {
    return format.parse(path, text);
  } catch (error) {
    const draft = new LockDraft(path, format.ecosystem);
    draft.invalid(`cannot be read (${error instanceof RangeError ? 'nested too deep' : 'unexpected'})`);
    return draft;
  }
}
