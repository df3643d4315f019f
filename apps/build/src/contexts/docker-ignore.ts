import { createContext, runInContext } from 'node:vm';
import ignore from '@balena/dockerignore';
import { DomainError } from '@osiris/contracts';

const MAX_BYTES = 256 * 1024;
/** Patterns become regular expressions, and a malicious one can take for ever: then the match is ended. */
const MATCH_TIMEOUT_MS = 3_000;

/**
 * The paths that `.dockerignore` leaves in the context, in their order.
 * @throws DomainError BUILD_FAILED where the patterns cannot be matched in reasonable time
 */
export function includedPaths(dockerignore: string, paths: readonly string[]): string[] {
  if (dockerignore.trim() === '') return [...paths];
  if (Buffer.byteLength(dockerignore) > MAX_BYTES) throw new DomainError('BUILD_FAILED', `.dockerignore is larger than ${MAX_BYTES / 1024} kB`);
  // The library takes no byte order mark, and Docker none into account.
  const filter = ignore().add(dockerignore.replace(/^\ufeff/, '')).createFilter();
  const context = createContext({ match: () => paths.filter(filter) });
  try {
    return runInContext('match()', context, { timeout: MATCH_TIMEOUT_MS }) as string[];
  } catch (error) {
    if ((error as { code?: string }).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
    throw new DomainError('BUILD_FAILED', 'The patterns of .dockerignore take too long to match: write them with fewer wildcards');
  }
}
