import type { Readable } from 'node:stream';

/** One file, folder or symbolic link of a build context. */
export interface ContextEntry {
  /** Relative to the context, "/"-separated. */
  path: string;
  kind: 'file' | 'folder' | 'symlink';
  /** Permission bits alone: `0o755`. */
  permissions: number;
  /** In bytes; 0 for what is no file. */
  size: number;
  /** Nanoseconds since the epoch. An engine that has a file of this path, size and time does not ask for it again. */
  modifiedNs: bigint;
  /** Where a symbolic link leads, as it is written. */
  linkTarget?: string;
}

/** A build's context as BuildKit's client serves it: listed first, read as far as it is asked for. */
export interface ContextFiles {
  /** Each folder before what is in it (see `inWalkOrder`). */
  entries: readonly ContextEntry[];
  read(entry: ContextEntry): Readable;
}

/**
 * Sorts as Go's `filepath.Walk` goes through folders: by each part of the path, byte by byte. What receives the entries
 * refuses another order.
 */
export function inWalkOrder(entries: readonly ContextEntry[]): ContextEntry[] {
  return entries
    .map((entry) => ({ entry, key: Buffer.from(entry.path.replaceAll('/', '\0')) }))
    .sort((one, other) => Buffer.compare(one.key, other.key))
    .map(({ entry }) => entry);
}

/** The folders that a path lies in, outermost first: `a/b/c.txt` → `a`, `a/b`. */
export function parentsOf(path: string): string[] {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}
