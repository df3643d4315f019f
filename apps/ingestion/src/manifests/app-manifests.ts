import { folderOf, isMainFolder, isOfTheApp } from '../readers/app-folders';
import type { Contents, FileContent, Repository } from '../readers/reader';
import { formatOf, parseManifest } from './all-formats';
import { resolveManifests } from './resolve-manifests';
import type { Manifest } from './manifest';

/** Manifests at most that are looked into: a monorepo's parts beyond tell nothing new of the app. */
const MAX_MANIFESTS = 40;
/** In characters, of all of them: some formats take a second for a million. What people write has a hundredth of it. */
const MAX_CHARACTERS = 1_500_000;

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

/** The app's manifests among these contents, those of its main folders first. Each file is parsed once. */
export function appManifests(repository: Repository, contents: Contents): readonly Manifest[] {
  const before = ofContents.get(contents);
  if (before) return before;
  let characters = 0;
  const present = wantedManifests(repository).filter((path) => (characters += contents.get(path)?.text.length ?? 0) <= MAX_CHARACTERS);
  const manifests = resolveManifests(present.flatMap((path) => manifestIn(path, contents.get(path)) ?? []));
  ofContents.set(contents, manifests);
  return manifests;
}

function manifestIn(path: string, file: FileContent | undefined): Manifest | undefined {
  if (!file) return undefined;
  const before = ofFile.get(file);
  const manifest = before?.path === path ? before : parseManifest(path, file.text);
  if (manifest) ofFile.set(file, manifest);
  return manifest;
}
