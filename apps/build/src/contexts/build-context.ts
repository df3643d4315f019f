import { constants, type Dirent } from 'node:fs';
import { lstat, open, readdir, readFile, readlink, realpath } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { Readable } from 'node:stream';
import { DomainError } from '@osiris/contracts';
import { stripSyntaxLine } from '@osiris/engine';
import { type Header, type Pack, pack } from 'tar-stream';
import { includedPaths } from './docker-ignore';

type TarHeader = Partial<Header> & Pick<Header, 'name'>;

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
  /** A new tar stream of the whole context; `# syntax=docker/dockerfile…` is taken out unless it is asked for. */
  tar(options?: { keepSyntaxLine?: boolean }): Readable;
}

export interface ReadContext {
  /** The work tree: what a stranger committed. */
  tree: string;
  dockerfilePath: string;
  maxBytes: number;
}

const MAX_DOCKERFILE_BYTES = 1024 * 1024;

/**
 * Reads a work tree as a build context: filtered as Docker would, symbolic links sent as links and never followed out
 * of the tree. (The Dockerfile is always part of it, also where `.dockerignore` names it: the engine reads it from there.)
 * @throws DomainError DOCKERFILE_MISSING, CONTEXT_TOO_LARGE, BUILD_FAILED
 */
export async function readBuildContext({ tree, dockerfilePath, maxBytes }: ReadContext): Promise<BuildContext> {
  const dockerfile = await pathInside(tree, dockerfilePath);
  if (dockerfile === null) throw new DomainError('DOCKERFILE_MISSING', `There is no ${dockerfilePath} in this commit`);
  const original = await readText(join(tree, dockerfile));
  if (original === null) throw new DomainError('DOCKERFILE_MISSING', `${dockerfilePath} is not a file of reasonable size`);
  const { text, stripped } = stripSyntaxLine(original);

  const all: Entry[] = [];
  await walk(tree, '', all);
  const kinds = new Map(all.map(({ path, kind }) => [path, kind]));
  const kept = new Set(includedPaths(await dockerignoreOf(tree, dockerfilePath), [...kinds.keys()]));
  kept.add(dockerfile);

  let bytes = 0;
  for (const path of kept) {
    if (kinds.get(path) === 'file') bytes += (await lstat(join(tree, path))).size;
    if (bytes > maxBytes) throw new DomainError('CONTEXT_TOO_LARGE', `The build context is larger than ${Math.round(maxBytes / 1024 / 1024)} MB: exclude what the image does not need in .dockerignore`);
  }
  const entries = all.filter(({ path }) => kept.has(path)).sort((a, b) => (a.path < b.path ? -1 : 1));
  return {
    files: entries.length,
    ignored: all.length - entries.length,
    bytes,
    dockerfile,
    dockerfileText: text,
    hasSyntaxLine: stripped,
    tar: ({ keepSyntaxLine = false } = {}) => tarOf(tree, entries, stripped && !keepSyntaxLine ? new Map([[dockerfile, Buffer.from(text)]]) : new Map()),
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
    if (child.isDirectory()) await walk(root, path, into);
    else if (child.isSymbolicLink()) into.push({ path, kind: 'symlink' });
    else if (child.isFile()) into.push({ path, kind: 'file' });
  }
}

function tarOf(tree: string, entries: readonly Entry[], replaced: ReadonlyMap<string, Buffer>): Readable {
  const tar = pack();
  const add = async (): Promise<void> => {
    const folders = new Set<string>();
    for (const entry of entries) {
      for (const folder of parentsOf(entry.path)) {
        if (folders.has(folder)) continue;
        folders.add(folder);
        tar.entry({ name: folder, type: 'directory', mode: 0o755 });
      }
      await addEntry(tar, tree, entry, replaced.get(entry.path));
      if (tar.destroyed) return;
    }
    tar.finalize();
  };
  add().catch((error: Error) => tar.destroy(error));
  // tar-stream's own streams are not node's: the engine's client wants one that is.
  return Readable.from(tar as unknown as AsyncIterable<Buffer>, { objectMode: false });
}

async function addEntry(tar: Pack, tree: string, { path, kind }: Entry, replacement: Buffer | undefined): Promise<void> {
  const absolute = join(tree, path);
  if (kind === 'symlink') {
    await written(tar, { name: path, type: 'symlink', linkname: await readlink(absolute), mode: 0o777 });
    return;
  }
  const file = await open(absolute, constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    const { mode, size, mtime } = await file.stat();
    // Git knows one bit of a file's mode; the rest would be this process's umask.
    const header: TarHeader = { name: path, type: 'file', mode: mode & 0o100 ? 0o755 : 0o644, mtime, size: replacement?.length ?? size };
    if (replacement) return await written(tar, header, replacement);
    const entry = tar.entry(header);
    for await (const chunk of file.createReadStream({ autoClose: false, end: Math.max(0, size - 1) }) as AsyncIterable<Buffer>) {
      if (tar.destroyed) return;
      if (!entry.write(chunk)) await drained(entry, tar);
    }
    entry.end(null);
  } finally {
    await file.close();
  }
}

/** Until the entry takes more, or the whole tar is given up. */
function drained(entry: ReturnType<Pack['entry']>, tar: Pack): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      entry.off('drain', done);
      tar.off('close', done);
      resolve();
    };
    entry.on('drain', done);
    tar.on('close', done);
  });
}

function written(tar: Pack, header: TarHeader, body?: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    const done = (error?: Error | null): void => (error ? reject(error) : resolve());
    if (body) tar.entry(header, body, done);
    else tar.entry(header, done);
  });
}

/** `a/b/c.txt` → `a`, `a/b` */
function parentsOf(path: string): string[] {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}
