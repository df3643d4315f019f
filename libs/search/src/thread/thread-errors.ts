import { QueryError } from '../query/search-query';
import type { Thrown } from './messages';

/** The worker with the index has ended: what was asked of it is not answered, and its index is to be built again. */
export class SearchThreadLost extends Error {
  constructor(cause?: unknown) {
    super('The search thread has ended', { cause });
    this.name = 'SearchThreadLost';
  }
}

/** More was asked than the search thread could answer in time. */
export class SearchThreadBusy extends Error {
  constructor() {
    super('The search thread has too much to do');
    this.name = 'SearchThreadBusy';
  }
}

export function toThrown(error: unknown): Thrown {
  if (error instanceof QueryError) return { kind: 'query', reason: error.reason, position: error.position };
  if (error instanceof Error) return { kind: 'unexpected', message: error.message, stack: error.stack };
  return { kind: 'unexpected', message: String(error), stack: undefined };
}

export function fromThrown(thrown: Thrown): Error {
  switch (thrown.kind) {
    case 'query':
      return new QueryError(thrown.reason, thrown.position);
    case 'late':
      return new SearchThreadBusy();
    case 'unexpected': {
      const error = new Error(thrown.message);
      if (thrown.stack !== undefined) error.stack = thrown.stack;
      return error;
    }
  }
}
