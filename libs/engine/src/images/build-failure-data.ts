import { type BuildFailure as BuildFailureData, ERROR_CODES } from '@osiris/contracts';
import type { BuildFailure } from './build-failure';

/** The failure as it travels in facts and stands in the catalog: with whether the same build is worth trying again. */
export function buildFailureData(failure: BuildFailure): BuildFailureData {
  return { ...failure, retryable: ERROR_CODES[failure.code].retryable };
}
