import { constants, type Dirent } from 'node:fs';
import { lstat, open, readdir, readFile, readlink, realpath } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { Readable } from 'node:stream';
import { DomainError } from '@osiris/contracts';
import { type ContextEntry, type ContextFiles, inWalkOrder, parentsOf, stripSyntaxLine } from '@osiris/engine';
import { includedPaths } from './docker-ignore';

interface Entry {
  /** Relative to the tree, "/"-separated. */
  path: string;
  kind: 'file' | 'symlink';
}

export interface BuildContext {
  files: number;
  /** What `.dockerignore` left out. */
  ignored: number;
  bytes: number;
  /** Path of the Dockerfile inside the context. */
  dockerfile: string;
  /** The Dockerfile as it is sent: without its `# syntax=docker/dockerfile…` line. */
  dockerfileText: string;
  /** Whether the Dockerfile has a `# syntax=docker/dockerfile…` line. */
  hasSyntaxLine: boolean;
  /** What is sent to the builder; `# syntax=docker/dockerfile…` is taken out unless it is asked for. */
  sent(options?: { keepSyntaxLine?: boolean }): ContextFiles;
}

export interface ReadContext {
  /** The work tree: what a stranger committed. */
  tree: string;
  dockerfilePath: string;
  maxBytes: number;
  /** Files' times by path, in nanoseconds since the epoch; those of the work tree where it says none. */
  times?: ReadonlyMap<string, bigint>;
}

const MAX_DOCKERFILE_BYTES = 1024 * 1024;
/** Files looked at, at once. */
const AT_ONCE = 64;

/**
 * Reads a work tree as a build context: filtered as Docker would, symbolic links sent as links and never followed out
 * of the tree. (The Dockerfile is always part of it, also where `.dockerignore` names it: the engine reads it from there.)
 * @throws DomainError DOCKERFILE_MISSING, CONTEXT_TOO_LARGE, BUILD_FAILED
 */
export async function readBuildContext({ tree, dockerfilePath, maxBytes, times = new Map() }: ReadContext): Promise<BuildContext> {
  const dockerfile = await pathInside(tree, dockerfilePath);
  if (dockerfile === null) throw new DomainError('DOCKERFILE_MISSING', `There is no ${dockerfilePath} in this commit`);
  const original = await readText(join(tree, dockerfile));
  if (original === null) throw new DomainError('DOCKERFILE_MISSING', `${dockerfilePath} is not a file of reasonable size`);
  const { text, stripped } = stripSyntaxLine(original);

  const all: Entry[] = [];
  await walk(tree, '', all);
  const kept = new Set(includedPaths(await dockerignoreOf(tree, dockerfilePath), all.map(({ path }) => path)));
  kept.add(dockerfile);

  const files = all.filter(({ path }) => kept.has(path));
  const entries = (await listed(tree, files)).map((entry) => ({ ...entry, modifiedNs: times.get(entry.path) ?? entry.modifiedNs }));
  const bytes = entries.reduce((sum, { size }) => sum + size, 0);
  if (bytes > maxBytes) {
    throw new DomainError('CONTEXT_TOO_LARGE', `The build context is larger than ${Math.round(maxBytes / 1024 / 1024)} MB: exclude what the image does not need in .dockerignore`);
  }
  return {
    files: files.length,
    ignored: all.length - files.length,
    bytes,
    dockerfile,
    dockerfileText: text,
    hasSyntaxLine: stripped,
    sent: ({ keepSyntaxLine = false } = {}) => filesOf(tree, entries, stripped && !keepSyntaxLine ? new Map([[dockerfile, Buffer.from(text)]]) : new Map()),
  };
}

/** `<Dockerfile>.dockerignore` beside the Dockerfile wins over the one at the root, as with Docker. */
async function dockerignoreOf(tree: string, dockerfilePath: string): Promise<string> {
  for (const name of [`${dockerfilePath}.dockerignore`, '.dockerignore']) {
    const inside = await pathInside(tree, name);
    const text = inside === null ? null : await readText(join(tree, inside));
    if (text !== null) return text;
  }
  return '';
}

/** The real path of a file, relative to the tree; null where it is not there or a link leads out of the tree. */
async function pathInside(tree: string, path: string): Promise<string | null> {
  const root = await realpath(tree);
  const real = await realpath(join(root, path)).catch(() => null);
  return real !== null && real.startsWith(root + sep) ? relative(root, real).split(sep).join('/') : null;
}

async function readText(path: string): Promise<string | null> {
  const found = await lstat(path);
  return found.isFile() && found.size <= MAX_DOCKERFILE_BYTES ? readFile(path, 'utf8') : null;
}

async function walk(root: string, folder: string, into: Entry[]): Promise<void> {
  const children: Dirent[] = await readdir(join(root, folder), { withFileTypes: true });
  for (const child of children) {
    const path = folder === '' ? child.name : `${folder}/${child.name}`;
    if (folder === '' && child.name === '.git') continue;
    // Read as text it is another name, which is not there.
    if (child.name.includes('\ufffd')) throw new DomainError('BUILD_FAILED', `A file name in ${folder === '' ? 'the top folder' : folder} is not UTF-8, which no builder takes: rename ${path}`);
    if (child.isDirectory()) await walk(root, path, into);
    else if (child.isSymbolicLink()) into.push({ path, kind: 'symlink' });
    else if (child.isFile()) into.push({ path, kind: 'file' });
  }
}

/** The entries as they are sent, each folder before what is in it. */
async function listed(tree: string, entries: readonly Entry[]): Promise<ContextEntry[]> {
  const folders = [...new Set(entries.flatMap(({ path }) => parentsOf(path)))];
  const all = [...folders.map((path) => ({ path, kind: 'folder' as const })), ...entries];
  return inWalkOrder(await mapLimit(all, (entry) => describe(tree, entry)));
}

async function describe(tree: string, { path, kind }: Pick<ContextEntry, 'path' | 'kind'>): Promise<ContextEntry> {
  const absolute = join(tree, path);
  const { mode, size, mtimeNs: modifiedNs } = await lstat(absolute, { bigint: true });
  if (kind === 'folder') return { path, kind, permissions: 0o755, size: 0, modifiedNs };
  if (kind === 'symlink') return { path, kind, permissions: 0o777, size: 0, modifiedNs, linkTarget: await readlink(absolute) };
  // Git knows one bit of a file's mode; the rest would be this process's umask.
  return { path, kind, permissions: mode & 0o100n ? 0o755 : 0o644, size: Number(size), modifiedNs };
}

/** Some at a time: a tree may have more files than a process may have open. */
async function mapLimit<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (let at = 0; at < items.length; at += AT_ONCE) results.push(...(await Promise.all(items.slice(at, at + AT_ONCE).map(work))));
  return results;
}

function filesOf(tree: string, entries: readonly ContextEntry[], replaced: ReadonlyMap<string, Buffer>): ContextFiles {
  return {
    entries: entries.map((entry) => ({ ...entry, size: replaced.get(entry.path)?.length ?? entry.size })),
    read: ({ path, size }) => Readable.from(replaced.has(path) ? [replaced.get(path)] : contentOf(join(tree, path), size), { objectMode: false }),
  };
}

/** As long as the file was when it was listed. */
async function* contentOf(path: string, size: number): AsyncGenerator<Buffer, void> {
  if (size === 0) return;
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    yield* file.createReadStream({ autoClose: false, end: size - 1 }) as AsyncIterable<Buffer>;
  } finally {
    await file.close();
  }
}
