import { DomainError } from '@osiris/contracts';
import type { CommitId } from './commit-id';
import type { ObjectReader } from './object-reader';
import { MAX_ENTRIES } from './size-limits';
import { treeEntries } from './tree-object';

/** More files than this are not listed; what lies nearer to the root comes first. */
export const MAX_LISTED_FILES = 20_000;
/** Longer paths, in characters, are not listed: the hub could not name them either. */
const MAX_PATH_LENGTH = 1_024;
const MAX_COMMIT_BYTES = 4_096;
/** What `MAX_ENTRIES` of the longest names take. */
const MAX_TREE_BYTES = 64 * 1024 * 1024;

export interface ListedFile {
  /** Relative, "/"-separated. */
  path: string;
  oid: string;
}

/** What lies in a commit, of which nothing but its folders is looked at. */
export interface CommitListing {
  /** Plain files, nearest to the root first, then folder by folder in git's order. */
  files: ListedFile[];
  /** Files beyond `MAX_LISTED_FILES`. */
  further: number;
  links: number;
  submodules: number;
  /** Files and folders whose path is longer than is listed; what is in such a folder is not counted. */
  tooLong: number;
}

interface Folder {
  /** With a trailing "/"; empty for the root. */
  path: string;
  oid: string;
}

/**
 * Walks the commit's folders level by level.
 * @param commit its id, or the name of a ref that leads to it
 * @throws DomainError REPO_TOO_LARGE beyond `MAX_ENTRIES` entries, REF_NOT_FOUND where there is no such commit,
 *   REPO_UNREACHABLE where a folder is missing
 */
export async function listCommit(objects: ObjectReader, commit: CommitId): Promise<CommitListing> {
  const listing: CommitListing = { files: [], further: 0, links: 0, submodules: 0, tooLong: 0 };
  let entries = 0;
  let level: Folder[] = [{ path: '', oid: await rootOf(objects, commit) }];
  while (level.length > 0) {
    const deeper: Folder[] = [];
    let next = 0;
    for await (const tree of objects.read(level.map(({ oid }) => oid), MAX_TREE_BYTES)) {
      const { path, oid } = level[next++] as Folder;
      if (tree?.kind !== 'tree') throw new DomainError('REPO_UNREACHABLE', 'A folder of the commit is missing in the repository');
      if (tree.bytes > tree.beginning.length) throw tooManyEntries();
      for (const entry of treeEntries(tree.beginning, oid.length / 2)) {
        if (++entries > MAX_ENTRIES) throw tooManyEntries();
        if (entry.kind === 'link') listing.links++;
        else if (entry.kind === 'submodule') listing.submodules++;
        else if (path.length + entry.name.length > MAX_PATH_LENGTH) listing.tooLong++;
        else if (entry.kind === 'tree') deeper.push({ path: `${path}${entry.name}/`, oid: entry.oid });
        else if (entry.kind === 'file' && listing.files.length < MAX_LISTED_FILES) listing.files.push({ path: path + entry.name, oid: entry.oid });
        else if (entry.kind === 'file') listing.further++;
      }
    }
    level = deeper;
  }
  return listing;
}

async function rootOf(objects: ObjectReader, commit: CommitId): Promise<string> {
  for await (const object of objects.read([`${commit}^{commit}`], MAX_COMMIT_BYTES)) {
    // https://git-scm.com/docs/gitformat-signature aside, a commit always begins with its tree.
    const tree = /^tree ([0-9a-f]{40,64})\n/.exec(object?.kind === 'commit' ? object.beginning.toString('latin1') : '')?.[1];
    if (tree !== undefined) return tree;
  }
  throw new DomainError('REF_NOT_FOUND', 'The ref points at something that is not a commit');
}

function tooManyEntries(): DomainError {
  return new DomainError('REPO_TOO_LARGE', `The repository holds more than ${MAX_ENTRIES} files and folders`);
}
