/**
 * Every error code a client, an event or a log can carry: its HTTP status, whether trying the same
 * again can help, and its RFC 9457 title. Codes are stable; `docs/errors.md` lists the same set.
 */
export const ERROR_CODES = {
  // The request itself
  INVALID_JSON: { status: 400, retryable: false, title: 'The body is not valid JSON' },
  VALIDATION_FAILED: { status: 400, retryable: false, title: 'The request does not fit its schema' },
  QUERY_INVALID: { status: 400, retryable: false, title: 'The search query cannot be understood' },
  CURSOR_INVALID: { status: 400, retryable: false, title: 'The cursor is not one this hub gave' },
  UNAUTHENTICATED: { status: 401, retryable: false, title: 'A bearer token is needed' },
  FORBIDDEN: { status: 403, retryable: false, title: 'This is not allowed from here' },
  NOT_FOUND: { status: 404, retryable: false, title: 'There is no such thing' },
  METHOD_NOT_ALLOWED: { status: 405, retryable: false, title: 'This method is not offered here' },
  CONFLICT: { status: 409, retryable: false, title: 'The current state does not allow this' },
  IDEMPOTENCY_KEY_REUSED: { status: 422, retryable: false, title: 'The Idempotency-Key was used with another body' },
  BODY_TOO_LARGE: { status: 413, retryable: false, title: 'The body is too large' },
  UPGRADE_REQUIRED: { status: 426, retryable: false, title: 'This is a WebSocket' },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, retryable: false, title: 'Only application/json is understood' },
  NOT_IMPLEMENTED: { status: 501, retryable: false, title: 'Not built yet' },
  INTERNAL: { status: 500, retryable: true, title: 'Something unexpected happened' },
  SERVICE_UNAVAILABLE: { status: 503, retryable: true, title: 'A part of the hub does not answer' },
  // Ingestion
  REPO_URL_INVALID: { status: 400, retryable: false, title: 'The repository URL is not acceptable' },
  REF_INVALID: { status: 400, retryable: false, title: 'The ref is not acceptable' },
  HOST_NOT_ALLOWED: { status: 400, retryable: false, title: 'Repositories on this host may not be fetched' },
  REPO_NOT_FOUND: { status: 404, retryable: false, title: 'The repository was not found' },
  REPO_AUTH_REQUIRED: { status: 403, retryable: false, title: 'The repository needs credentials' },
  REPO_EMPTY: { status: 422, retryable: false, title: 'The repository has no commit' },
  REPO_TOO_LARGE: { status: 413, retryable: false, title: 'The repository is larger than allowed' },
  REPO_TIMEOUT: { status: 504, retryable: true, title: 'Fetching the repository took too long' },
  REPO_UNREACHABLE: { status: 502, retryable: true, title: 'The repository host cannot be reached' },
  REF_NOT_FOUND: { status: 404, retryable: false, title: 'The ref does not exist in the repository' },
  DOCKERFILE_MISSING: { status: 422, retryable: false, title: 'The repository has no Dockerfile' },
  // Build
  DOCKERFILE_INVALID: { status: 422, retryable: false, title: 'The Dockerfile cannot be parsed' },
  BASE_IMAGE_UNAVAILABLE: { status: 422, retryable: false, title: 'A base image cannot be had' },
  COPY_SOURCE_MISSING: { status: 422, retryable: false, title: 'A file to copy is not in the context' },
  RUN_FAILED: { status: 422, retryable: false, title: 'A RUN step failed' },
  BUILD_FAILED: { status: 422, retryable: false, title: 'The build failed' },
  BUILD_TIMEOUT: { status: 422, retryable: false, title: 'The build took longer than allowed' },
  BUILD_OUT_OF_MEMORY: { status: 422, retryable: false, title: 'The build needed more memory than allowed' },
  BUILD_CANCELED: { status: 409, retryable: false, title: 'The build was canceled' },
  CONTEXT_TOO_LARGE: { status: 413, retryable: false, title: 'The build context is larger than allowed' },
  IMAGE_PUSH_REFUSED: { status: 422, retryable: false, title: 'The registry does not take the image' },
  REGISTRY_UNAVAILABLE: { status: 503, retryable: true, title: 'The registry does not answer' },
  ENGINE_UNAVAILABLE: { status: 503, retryable: true, title: 'No container engine answers' },
  // Launch
  APP_NOT_BUILT: { status: 409, retryable: false, title: 'The app has no successful build' },
  NO_CAPACITY: { status: 503, retryable: true, title: 'No room for another launch' },
  APP_EXITED: { status: 422, retryable: false, title: 'The app exited' },
  APP_NOT_LISTENING: { status: 422, retryable: false, title: 'The app does not listen where it can be reached' },
  START_TIMEOUT: { status: 422, retryable: false, title: 'The app did not answer in time' },
  OUT_OF_MEMORY: { status: 422, retryable: false, title: 'The app ran out of memory' },
  DISK_FULL: { status: 422, retryable: false, title: 'The app wrote more than it may' },
  IMAGE_GONE: { status: 409, retryable: false, title: 'The image is no longer there' },
  CONTAINER_GONE: { status: 409, retryable: false, title: 'The container is no longer there' },
  // Artifacts
  SIGNATURE_INVALID: { status: 403, retryable: false, title: 'The signed URL is not valid' },
  SIGNATURE_EXPIRED: { status: 403, retryable: false, title: 'The signed URL has expired' },
  OBJECT_TOO_LARGE: { status: 413, retryable: false, title: 'The object is larger than allowed' },
  STORE_UNAVAILABLE: { status: 503, retryable: true, title: 'The object store does not answer' },
  // Jobs
  JOB_ABANDONED: { status: 500, retryable: true, title: 'The job failed too often and was given up' },
} as const satisfies Record<string, { status: number; retryable: boolean; title: string }>;

export type ErrorCode = keyof typeof ERROR_CODES;

export function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === 'string' && Object.hasOwn(ERROR_CODES, value);
}

/** One place in a body or query that does not fit, with a dotted path ("tags.0"). */
export interface FieldError {
  path: string;
  message: string;
}

export interface DomainErrorOptions {
  errors?: FieldError[];
  /** Seconds until trying again can help: becomes `Retry-After`. */
  retryAfterSeconds?: number;
  cause?: unknown;
}

/**
 * What went wrong in the hub's own terms; it knows nothing of HTTP. `message` is shown to people: it says what
 * happened and what would mend it, and never holds a secret or a path of the host.
 */
export class DomainError extends Error {
  override readonly name = 'DomainError';
  readonly errors: FieldError[] | undefined;
  readonly retryAfterSeconds: number | undefined;

  constructor(
    readonly code: ErrorCode,
    message: string,
    options: DomainErrorOptions = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.errors = options.errors;
    this.retryAfterSeconds = options.retryAfterSeconds;
  }

  get retryable(): boolean {
    return ERROR_CODES[this.code].retryable;
  }
}
