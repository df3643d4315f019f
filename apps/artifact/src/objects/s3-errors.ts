import { DomainError } from '@osiris/contracts';
import { BodyInterrupted } from './measured';

/** Codes that no waiting mends: whoever runs the hub must look at its settings. */
const REFUSALS = new Set(['AccessDenied', 'InvalidAccessKeyId', 'SignatureDoesNotMatch', 'AllAccessDisabled', 'AccountProblem']);
const RETRY_SECONDS = 5;

/** The code that S3 (or Node, for a connection) gave; undefined for what neither said. */
export function codeOf(error: unknown): string | undefined {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' && code !== '' ? code : undefined;
}

/** What a failed call of the minio client means: NOT_FOUND, or STORE_UNAVAILABLE with the reason. */
export function asDomainError(error: unknown): unknown {
  if (error instanceof DomainError || error instanceof BodyInterrupted) return error;
  const code = codeOf(error);
  if (code === 'NoSuchKey' || code === 'NotFound') return new DomainError('NOT_FOUND', 'There is no such object', { cause: error });
  const message = REFUSALS.has(code ?? '')
    ? `The object store refuses this hub's credentials (${code}): look at S3_ACCESS_KEY and S3_SECRET_KEY`
    : `The object store does not answer as it should (${code ?? 'no answer'})`;
  return new DomainError('STORE_UNAVAILABLE', message, { cause: error, retryAfterSeconds: RETRY_SECONDS });
}
