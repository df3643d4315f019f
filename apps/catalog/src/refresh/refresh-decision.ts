import { ERROR_CODES, type ErrorCode, type ErrorData, type IngestStatus } from '@osiris/contracts';

/** What the catalog knows of an app when the answer comes. */
export interface CheckedApp {
  ingestStatus: IngestStatus;
  errorCode: ErrorCode | null;
  /** The commit that the entry was read from. */
  commitSha: string | null;
  /** The commit that was last tried, read well or not. */
  attemptedCommitSha: string | null;
  /** Version of the readers that read the entry; null: not known, so an older one. */
  readBy: string | null;
  quietChecks: number;
}

/** Where the ref points now, or why that cannot be said. */
export type CheckAnswer = { commitSha: string; error: null } | { commitSha: null; error: ErrorData };

export interface RefreshDecision {
  /** Why the app is read anew, for its history; null: it is not. */
  read: string | null;
  quietChecks: number;
  /** The commit that is tried now. */
  attemptedCommitSha: string | null;
}

/** Failures that a look itself would meet: once it meets none, they are over. */
const OF_ACCESS: ReadonlySet<ErrorCode> = new Set(['REPO_NOT_FOUND', 'REPO_AUTH_REQUIRED', 'REPO_EMPTY', 'REF_NOT_FOUND', 'HOST_NOT_ALLOWED', 'REPO_URL_INVALID', 'REF_INVALID']);

/**
 * What comes of a look at a repository.
 * @param newestReaders the newest version of the readers that any app was read by
 */
export function decideRefresh(app: CheckedApp, answer: CheckAnswer, newestReaders: string | null): RefreshDecision {
  const quiet: RefreshDecision = { read: null, quietChecks: app.quietChecks + 1, attemptedCommitSha: app.attemptedCommitSha };
  // Somebody was quicker: what is being read now is the newest commit.
  if (app.ingestStatus === 'pending' || app.ingestStatus === 'processing') return { ...quiet, quietChecks: app.quietChecks };
  if (answer.error !== null) {
    // A host that is away for an hour is no news about the app.
    if (ERROR_CODES[answer.error.code].retryable || app.ingestStatus === 'failed') return quiet;
    return { ...quiet, read: 'Its repository no longer answers as it did' };
  }
  const { commitSha } = answer;
  const short = commitSha.slice(0, 12);
  if (commitSha !== app.attemptedCommitSha && (commitSha !== app.commitSha || app.ingestStatus === 'failed')) {
    return { read: `New commit ${short}`, quietChecks: 0, attemptedCommitSha: commitSha };
  }
  if (app.ingestStatus === 'failed') {
    // What is wrong with the commit itself stays wrong; what came from outside may be over. Less and less often.
    if (app.errorCode !== null && OF_ACCESS.has(app.errorCode)) return { ...quiet, read: 'Its repository answers again' };
    return app.errorCode === null || ERROR_CODES[app.errorCode].retryable ? { ...quiet, read: 'Tried again, as the last failure may be over' } : quiet;
  }
  if (newestReaders !== null && isNewer(newestReaders, app.readBy ?? '')) {
    return { ...quiet, read: 'The hub reads more of a repository than before' };
  }
  return quiet;
}

/** Versions of the readers (`2026-1`), number by number. */
export function isNewer(version: string, than: string): boolean {
  return version.localeCompare(than, 'en', { numeric: true }) > 0;
}
