import { HttpException } from '@nestjs/common';
import { DomainError, ERROR_CODES, type ErrorCode, type Problem } from '@osiris/contracts';

export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8';

export interface ProblemAnswer {
  problem: Problem;
  headers: Record<string, string>;
  /** A fault of the hub's own: to be logged with its stack. */
  unexpected: boolean;
}

/** What the framework throws by itself, by the status it gives it. */
const CODE_OF_STATUS: Readonly<Record<number, ErrorCode>> = {
  400: 'VALIDATION_FAILED',
  404: 'NOT_FOUND',
  405: 'METHOD_NOT_ALLOWED',
  413: 'BODY_TOO_LARGE',
  415: 'UNSUPPORTED_MEDIA_TYPE',
  426: 'UPGRADE_REQUIRED',
};
const DETAIL_OF_STATUS: Readonly<Record<number, string>> = {
  400: 'The request cannot be read.',
  404: 'Nothing is served at this address.',
  405: 'This address does not offer the method; the Allow header names those it offers.',
  413: 'The body is larger than the gateway accepts.',
  415: 'Send the body as application/json.',
  426: 'Open this address as a WebSocket.',
};
const DEFAULT_RETRY_SECONDS = 5;

/** Turns whatever was thrown into RFC 9457 problem details. Only a DomainError's words reach the client. */
export function problemOf(error: unknown, traceId: string): ProblemAnswer {
  const known = asDomainError(error);
  if (!known || known.code === 'INTERNAL') {
    const detail = `This was not foreseen. The hub's log tells more under trace ${traceId}.`;
    return { problem: problem('INTERNAL', detail, traceId), headers: {}, unexpected: true };
  }
  const { status } = ERROR_CODES[known.code];
  const headers: Record<string, string> = {};
  if (known.retryAfterSeconds !== undefined || status === 503) {
    headers['retry-after'] = String(Math.ceil(known.retryAfterSeconds ?? DEFAULT_RETRY_SECONDS));
  }
  if (status === 401) headers['www-authenticate'] = 'Bearer realm="osiris"';
  if (status === 426) headers['upgrade'] = 'websocket';
  const answer = problem(known.code, known.message, traceId);
  if (known.errors) answer.errors = known.errors;
  return { problem: answer, headers, unexpected: false };
}

function problem(code: ErrorCode, detail: string, traceId: string): Problem {
  const { status, title } = ERROR_CODES[code];
  return { type: `/docs/errors#${code}`, title, status, detail, code, traceId };
}

function asDomainError(error: unknown): DomainError | undefined {
  if (error instanceof DomainError) return error;
  const status = error instanceof HttpException ? error.getStatus() : fastifyStatus(error);
  const code = status === undefined ? undefined : CODE_OF_STATUS[status];
  return code === undefined || status === undefined ? undefined : new DomainError(code, DETAIL_OF_STATUS[status] ?? '');
}

/** Fastify's own errors carry a code that begins with FST_ and a status. */
function fastifyStatus(error: unknown): number | undefined {
  const { code, statusCode } = (error ?? {}) as { code?: unknown; statusCode?: unknown };
  return typeof code === 'string' && code.startsWith('FST_') && typeof statusCode === 'number' ? statusCode : undefined;
}
