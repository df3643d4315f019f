import { setImmediate } from 'node:timers/promises';
import type { IngestionWarning } from '@osiris/contracts';
import { loadGrammarsFor } from '../manifests/all-formats';
import { parseManifests } from '../manifests/app-manifests';
import { ALL_READERS } from './all-readers';
import { type Merged, mergeReadings } from './merge-readings';
import type { CommitFiles, Contents, FileContent, ReadFile, Reader, ReaderName, Reading, Repository } from './reader';

/** No manifest or README that a person wrote is larger. */
export const MAX_READ_BYTES = 1_000_000;
/** Files at most of which the contents are looked at. */
export const MAX_READ_FILES = 400;
/** Of them, for those that others lead to: the first round does not take all. */
const KEPT_FOR_LATER = 60;
const BEGINNING_BYTES = 65_536;
/** A file can lead to others that far: a README to a picture, a compose file to a Dockerfile. */
const MAX_ROUNDS = 3;
/** https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md */
const LFS_POINTER = 'version https://git-lfs.github.com/spec/';

/** Has every reader look at the commit. A file that cannot be understood is a warning, never a failure. */
export async function readRepository(commit: CommitFiles, about: Omit<Repository, 'files'>, readers: readonly Reader[] = ALL_READERS): Promise<Merged> {
  const repository: Repository = { ...about, files: commit.files };
  const warnings: IngestionWarning[] = [];
  await Promise.all(readers.map((reader) => reader.prepare?.()));
  const { contents, wanted } = await fetchWanted(commit, repository, readers, warnings);
  await loadGrammarsFor(contents.keys());
  await parseManifests(repository, contents);
  const readings = new Map<ReaderName, Reading>();
  for (const reader of readers) {
    // Each may take a while: what else this process does has its turn in between.
    await setImmediate();
    readings.set(reader.name, await readSafely(reader, pick(contents, wanted.get(reader.name)), repository));
  }
  if (commit.truncated) warnings.push({ code: 'FILE_TRUNCATED', message: `The repository has more than ${commit.files.length} files: only the first were looked at`, path: null, line: null });
  return mergeReadings(readings, warnings);
}

/** The texts of these files, as readers get them. What is not there or no text is left out. */
export async function readTexts(commit: CommitFiles, paths: readonly string[]): Promise<Contents> {
  const contents = new Map<string, FileContent>();
  if (paths.length === 0) return contents;
  for (const [path, { beginning, bytes }] of await commit.read(paths, MAX_READ_BYTES)) {
    const content = textOf(path, beginning, bytes, []);
    if (content) contents.set(path, content);
  }
  return contents;
}

/** Round by round, so that everything that is known to be needed comes in one fetch. */
async function fetchWanted(commit: CommitFiles, repository: Repository, readers: readonly Reader[], warnings: IngestionWarning[]) {
  const contents = new Map<string, FileContent>();
  const asked = new Set<string>();
  const wanted = new Map<ReaderName, string[]>();
  for (let round = 0; round < MAX_ROUNDS; round++) {
    for (const reader of readers) wanted.set(reader.name, wantsOf(reader, repository, contents));
    const room = MAX_READ_FILES - asked.size - (round === 0 ? KEPT_FOR_LATER : 0);
    const next = [...new Set([...wanted.values()].flat())].filter((path) => !asked.has(path)).slice(0, room);
    if (next.length === 0) break;
    next.forEach((path) => asked.add(path));
    const whole = limitsOf(readers, wanted);
    for (const [path, { beginning, bytes }] of await readEach(commit, next, whole)) {
      const content = textOf(path, beginning, bytes, whole.has(path) ? warnings : []);
      if (content) contents.set(path, content);
    }
  }
  return { contents, wanted };
}

/** All of them come in one fetch; of what only beginnings are looked at, no more is kept. */
async function readEach(commit: CommitFiles, paths: readonly string[], limits: ReadonlyMap<string, number>): Promise<ReadonlyMap<string, ReadFile>> {
  const files = new Map(await commit.read(paths, BEGINNING_BYTES));
  const longer = paths.filter((path) => limits.has(path) && (files.get(path)?.bytes ?? 0) > BEGINNING_BYTES);
  for (const limit of new Set(longer.map((path) => limits.get(path) as number))) {
    for (const [path, file] of await commit.read(longer.filter((path) => limits.get(path) === limit), limit)) files.set(path, file);
  }
  return files;
}

/** How many bytes are read of files that are looked at as a whole. */
function limitsOf(readers: readonly Reader[], wanted: ReadonlyMap<ReaderName, readonly string[]>): Map<string, number> {
  const limits = new Map<string, number>();
  for (const reader of readers) {
    if (reader.beginningsOnly) continue;
    for (const path of wanted.get(reader.name) ?? []) limits.set(path, Math.max(limits.get(path) ?? 0, reader.maxBytes?.(path) ?? MAX_READ_BYTES));
  }
  return limits;
}

function wantsOf(reader: Reader, repository: Repository, contents: ReadonlyMap<string, FileContent>): string[] {
  try {
    return reader.wants(repository, contents);
  } catch {
    return [];
  }
}

function textOf(path: string, beginning: Buffer, bytes: number, warnings: IngestionWarning[]): FileContent | undefined {
  const warn = (code: IngestionWarning['code'], message: string): void => void warnings.push({ code, message, path, line: null });
  const text = beginning.toString('utf8').replace(/^\uFEFF/, '');
  if (text.startsWith(LFS_POINTER)) return void warn('FILE_UNREADABLE', `${path} is a pointer of Git LFS: what it points at is not fetched`);
  if (text.includes('\0')) return void warn('FILE_UNREADABLE', `${path} is not a text file`);
  if (bytes > beginning.length) warn('FILE_TRUNCATED', `${path} is large: only its first ${beginning.length} bytes were read`);
  return { text, bytes, truncated: bytes > beginning.length };
}

function pick(contents: ReadonlyMap<string, FileContent>, paths: readonly string[] = []): Map<string, FileContent> {
  return new Map(paths.flatMap((path) => (contents.has(path) ? [[path, contents.get(path)!] as const] : [])));
}

async function readSafely(reader: Reader, contents: ReadonlyMap<string, FileContent>, repository: Repository): Promise<Reading> {
  try {
    return await reader.read(contents, repository);
  } catch {
    // A parser that a hostile file overwhelmed (deep nesting ends in a RangeError) must not end the ingestion.
    const [path = null] = contents.keys();
    return { warnings: [{ code: 'MANIFEST_INVALID', message: `${[...contents.keys()].slice(0, 3).join(', ') || reader.name} could not be understood`, path, line: null }] };
  }
}
