import { type BuildArgs, DomainError } from '@osiris/contracts';

/** Characters of JSON: arguments travel in jobs, events and answers, and a message holds 1 MiB. */
const MAX_LENGTH = 16_384;

/** @param path where they stand in the body @throws DomainError VALIDATION_FAILED where they are too long together */
export function checkArgs(args: BuildArgs | undefined, path: string): void {
  if (args === undefined || JSON.stringify(args).length <= MAX_LENGTH) return;
  const message = `Build arguments are at most ${MAX_LENGTH} characters together.`;
  throw new DomainError('VALIDATION_FAILED', message, { errors: [{ path, message }] });
}
