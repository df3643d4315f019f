import type { ErrorCode, Problem } from '@osiris/contracts';

/** Codes of this page's own making: no answer came, or one that is no problem+json. */
type LocalCode = 'NO_ANSWER' | 'UNEXPECTED_ANSWER';
export type ApiErrorCode = ErrorCode | LocalCode;

/** What the gateway answered instead of what was asked for, or that it did not answer. `message` is for people. */
export class ApiError extends Error {
  override readonly name = 'ApiError';

  constructor(
    readonly code: ApiErrorCode,
    message: string,
    /** HTTP status; 0 where no answer came. */
    readonly status: number,
    readonly errors: readonly { path: string; message: string }[] = [],
    readonly traceId: string | null = null,
  ) {
    super(message);
  }

  /** Whether asking the same again can help. */
  get transient(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 502;
  }

  static fromProblem(status: number, body: unknown): ApiError {
    if (!isProblem(body)) {
      return new ApiError('UNEXPECTED_ANSWER', `The hub answered ${status} in a form this page does not know.`, status);
    }
    return new ApiError(body.code as ApiErrorCode, body.detail || body.title, status, body.errors, body.traceId);
  }

  static noAnswer(): ApiError {
    return new ApiError('NO_ANSWER', 'The hub does not answer.', 0);
  }
}

function isProblem(body: unknown): body is Problem {
  return typeof body === 'object' && body !== null && 'code' in body && 'title' in body;
}
