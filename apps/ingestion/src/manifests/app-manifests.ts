import { folderOf, isMainFolder, isOfTheApp } from '../readers/app-folders';
import type { Contents, FileContent, Repository } from '../readers/reader';
import { ParsingTime } from '../readers/parsing-time';
import { formatOf, parseManifest } from './all-formats';
import { resolveManifests } from './resolve-manifests';
import { emptyManifest, type Manifest } from './manifest';

/** Manifests at most that are looked into: a monorepo's parts beyond tell nothing new of the app. */
const MAX_MANIFESTS = 40;
/** In characters, of all of them: some formats take a second for a million. What people write has a hundredth of it. */
const MAX_CHARACTERS = 1_500_000;
/** In milliseconds, for all of them. What people write takes some hundreds where nothing is compiled yet. */
const MAX_TIME = 4_000;

/** Each reader gets a map of its own, of the same files. */
const ofContents = new WeakMap<Contents, readonly Manifest[]>();
const ofFile = new WeakMap<FileContent, Manifest>();

/** Paths of the app's manifests, those of its main folders first. */
export function wantedManifests(repository: Repository): string[] {
  const { files, dockerfilePath } = repository;
  const paths = files.map(({ path }) => path).filter((path) => formatOf(path) && isOfTheApp(path, dockerfilePath));
  const main = paths.filter((path) => isMainFolder(folderOf(path), dockerfilePath));
  const aside = paths.filter((path) => !isMainFolder(folderOf(path), dockerfilePath));
  return [...main, ...aside].slice(0, MAX_MANIFESTS);
}

/**
 * Parses the app's manifests, so that `appManifests` has them at hand. Those for which there is no time count for nothing but
 * a warning.
 */
export async function parseManifests(repository: Repository, contents: Contents, time = new ParsingTime(MAX_TIME)): Promise<void> {
  for (const path of presentManifests(repository, contents)) {
    const file = contents.get(path);
    if (!file) continue;
    if (time.over) ofFile.set(file, leftOut(path));
    else await time.run(() => manifestIn(path, file));
  }
}

/** The app's manifests among these contents, those of its main folders first. Each file is parsed once. */
export function appManifests(repository: Repository, contents: Contents): readonly Manifest[] {
  const before = ofContents.get(contents);
  if (before) return before;
  const manifests = resolveManifests(presentManifests(repository, contents).flatMap((path) => manifestIn(path, contents.get(path)) ?? []));
  ofContents.set(contents, manifests);
  return manifests;
}

function presentManifests(repository: Repository, contents: Contents): string[] {
  let characters = 0;
  return wantedManifests(repository).filter((path) => (characters += contents.get(path)?.text.length ?? 0) <= MAX_CHARACTERS);
}

function leftOut(path: string): Manifest {
  const message = `${path.slice(0, 120)} was not read: those before it took too long`;
  return { ...emptyManifest(path, formatOf(path)?.name ?? '', 'npm'), warnings: [{ code: 'FILE_TRUNCATED', message, path, line: null }] };
}

function manifestIn(path: string, file: FileContent | undefined): Manifest | undefined {
  if (!file) return undefined;
  const before = ofFile.get(file);
  const manifest = before?.path === path ? before : parseManifest(path, file.text);
  if (manifest) ofFile.set(file, manifest);
  return manifest;
}
