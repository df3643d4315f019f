import { DomainError } from '@osiris/contracts';

/** Codes of node's socket errors that mean "nobody answers there", as opposed to "the engine said no". */
const UNREACHABLE = new Set([
  'ECONNREFUSED',
  'ENOENT',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EACCES',
  'EPERM',
]);

/** HTTP status with which the engine refused, or undefined where the error is not an answer of the engine. */
export function engineStatus(error: unknown): number | undefined {
  const status = (error as { statusCode?: unknown } | null)?.statusCode;
  return typeof status === 'number' ? status : undefined;
}

/** The engine's own words, without dockerode's "(HTTP code 404) no such container - " in front. */
export function engineMessage(error: unknown): string {
  const body = (error as { json?: { message?: unknown } } | null)?.json?.message;
  if (typeof body === 'string') return body;
  const text = error instanceof Error ? error.message : String(error);
  return text.replace(/^\(HTTP code \d+\) [^-]*- /, '').trim();
}

/** True where no engine answered, so that trying again when one is there can help. */
export function isEngineUnreachable(error: unknown): boolean {
  if (error instanceof DomainError) return error.code === 'ENGINE_UNAVAILABLE';
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown };
  if (engineStatus(error) !== undefined) return false;
  return (typeof code === 'string' && UNREACHABLE.has(code)) || message === 'socket hang up' || message === 'aborted';
}

/** Socket errors become `ENGINE_UNAVAILABLE`; everything else stays as it is. */
export function mapEngineError(error: unknown): unknown {
  if (error instanceof DomainError || !isEngineUnreachable(error)) return error;
  const { code } = error as { code?: string };
  const message =
    code === 'EACCES' || code === 'EPERM'
      ? 'The container engine is there, but this user may not talk to it'
      : 'No container engine answers';
  return new DomainError('ENGINE_UNAVAILABLE', message, { cause: error, retryAfterSeconds: 5 });
}
