import { DomainError } from '@osiris/contracts';
import type { CommitId } from './commit-id';
import type { CommitListing, ListedFile } from './commit-listing';
import type { FetchedCommit } from './fetch-request';
import type { ObjectReader } from './object-reader';

/** The beginning of a file. */
export interface ReadBlob {
  beginning: Buffer;
  /** Of the whole file. */
  bytes: number;
}

/** Brings objects here that the reader does not find. */
export type FetchMissing = (oids: readonly string[]) => Promise<void>;

/** A commit of which the folders are here, and of the files only those that were read. Good as long as `withCommit` works with it. */
export class OpenedCommit {
  readonly commitSha: CommitId;
  /** The branch or tag, without `refs/heads/`; null where a commit id alone was asked for. */
  readonly ref: string | null;
  /** Plain files, nearest to the root first. How large one is shows when it is read. */
  readonly files: readonly { path: string; bytes: null }[];
  /** True where there are more files than are listed. */
  readonly truncated: boolean;
  /** What is not listed as a file. */
  readonly leftOut: Pick<CommitListing, 'links' | 'submodules' | 'tooLong' | 'further'>;
  private readonly oids: ReadonlyMap<string, string>;

  constructor(
    { commitSha, ref }: FetchedCommit,
    listing: CommitListing,
    private readonly objects: ObjectReader,
    private readonly fetchMissing: FetchMissing,
  ) {
    this.commitSha = commitSha;
    this.ref = ref;
    const { files, links, submodules, tooLong, further } = listing;
    this.leftOut = { links, submodules, tooLong, further };
    this.files = files.map(({ path }) => ({ path, bytes: null }));
    this.truncated = further > 0;
    this.oids = new Map(files.map(({ path, oid }) => [path, oid]));
  }

  /**
   * At most `maxBytes` of each of these files; what is not listed is left out. What is not here yet is fetched in one go.
   * @throws DomainError REPO_*; the signal's reason where it was aborted
   */
  async read(paths: readonly string[], maxBytes: number): Promise<ReadonlyMap<string, ReadBlob>> {
    const wanted = paths.flatMap((path) => this.listed(path));
    const found = new Map<string, ReadBlob>();
    const missing = await this.readInto(found, wanted, maxBytes);
    if (missing.length === 0) return found;
    await this.fetchMissing([...new Set(missing.map(({ oid }) => oid))]);
    if ((await this.readInto(found, missing, maxBytes)).length > 0) throw incomplete();
    return found;
  }

  private listed(path: string): ListedFile[] {
    const oid = this.oids.get(path);
    return oid === undefined ? [] : [{ path, oid }];
  }

  /** Returns those that are not here. */
  private async readInto(found: Map<string, ReadBlob>, wanted: readonly ListedFile[], maxBytes: number): Promise<ListedFile[]> {
    const missing: ListedFile[] = [];
    let next = 0;
    for await (const object of this.objects.read(wanted.map(({ oid }) => oid), maxBytes)) {
      const file = wanted[next++] as ListedFile;
      if (object?.kind === 'blob') found.set(file.path, { beginning: object.beginning, bytes: object.bytes });
      else missing.push(file);
    }
    return missing;
  }
}

export function incomplete(): DomainError {
  return new DomainError('REPO_UNREACHABLE', 'The repository does not have all files of the commit');
}
