import type { CommitId } from './commit-id';

export interface GitFetcherOptions {
  /** Folders below which `file://` repositories may lie. */
  allowedRoots: readonly string[];
  /** Whether loopback, link-local and private addresses may be fetched from. */
  allowPrivateHosts: boolean;
  /** For one whole fetch, in milliseconds. */
  timeoutMs: number;
  /** For what is received, and again for the files it holds, in bytes. */
  maxBytes: number;
}

/** Which commit of which repository is meant. */
export interface RepositoryRequest {
  repoUrl: string;
  /** Branch, tag, full ref name or commit id; null: the default branch. */
  ref: string | null;
  signal?: AbortSignal;
}

/** A request for which scratch folders are made, and removed, in `scratchParent`. A repository of this machine needs none. */
export interface ScratchRequest extends RepositoryRequest {
  scratchParent: string;
}

export interface FetchRequest extends RepositoryRequest {
  /** Fetch exactly this commit, or fail with REF_NOT_FOUND. */
  commitSha?: CommitId;
  /** Folder for the work tree; made where absent, must be empty. Scratch folders lie beside it while it runs. */
  into: string;
}

export interface CommitRequest extends ScratchRequest {
  /** Where the ref points at this very commit, nothing is fetched. */
  unless?: CommitId | null;
}

/** A commit whose files were written. */
export interface CheckedOutCommit extends FetchedCommit {
  /** Names of the blobs that its files are, by path. */
  blobs: ReadonlyMap<string, string>;
  /** Of all files. */
  bytes: number;
}

export interface FetchedCommit {
  commitSha: CommitId;
  /** The branch or tag that was fetched, without `refs/heads/`; null where a commit id alone was asked for. */
  ref: string | null;
}
