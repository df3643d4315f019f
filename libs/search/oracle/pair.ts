import fc from 'fast-check';
import type { SearchDocument } from '../src/document';
import { LOW_LIMITS } from './low-limits';
import { SearchIndex } from '../src/index/search-index';
import { documentId, someDocument } from './arbitraries';
import { Oracle } from './oracle';

export type Change = { put: SearchDocument[] } | { remove: string[] };

/** Several documents with one id may be put at once: the last counts. */
export const someChange: fc.Arbitrary<Change> = fc.oneof(
  { weight: 3, arbitrary: fc.array(someDocument, { minLength: 1, maxLength: 5 }).map((put) => ({ put })) },
  { weight: 1, arbitrary: fc.array(documentId, { minLength: 1, maxLength: 8 }).map((remove) => ({ remove })) },
);

/** Both sides of every comparison, changed alike. */
export class Pair {
  readonly index: SearchIndex;
  readonly oracle: Oracle;

  constructor(documents: readonly SearchDocument[] = []) {
    this.index = SearchIndex.of(documents, LOW_LIMITS);
    this.oracle = new Oracle(documents);
  }

  static of(documents: readonly SearchDocument[], changes: readonly Change[]): Pair {
    const pair = new Pair(documents);
    for (const change of changes) pair.apply(change);
    return pair;
  }

  apply(change: Change): void {
    for (const side of [this.index, this.oracle]) {
      if ('put' in change) side.put(change.put);
      else side.remove(change.remove);
    }
  }
}
