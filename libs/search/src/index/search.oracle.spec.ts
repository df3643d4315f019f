import fc from 'fast-check';
import { expectAgreement } from '../../oracle/agreement';
import { someDocuments, someQuery, someSort } from '../../oracle/arbitraries';
import { LOW_LIMITS } from '../../oracle/low-limits';
import { Oracle } from '../../oracle/oracle';
import { SEGMENT_LIMITS } from '../segments/limits';
import { SearchIndex } from './search-index';

/** One segment, and several: what was put later lies in segments of its own. */
const inBatches = fc.tuple(someDocuments, fc.array(someDocuments, { maxLength: 3 }));

describe('a search', () => {
  it('finds what the definition says, in its order, with its totals and facets', () => {
    fc.assert(
      fc.property(inBatches, fc.array(fc.tuple(someQuery, someSort), { minLength: 8, maxLength: 8 }), fc.integer({ min: 1, max: 12 }), fc.constantFrom(LOW_LIMITS, SEGMENT_LIMITS), ([first, later], queries, limit, limits) => {
        const index = SearchIndex.of(first, limits);
        const oracle = new Oracle(first);
        for (const documents of later) {
          index.put(documents);
          oracle.put(documents);
        }
        for (const [query, sort] of queries) expectAgreement(index, oracle, query, sort, limit);
      }),
      { numRuns: 400, seed: 1, interruptAfterTimeLimit: 8_000, markInterruptAsFailure: false },
    );
  }, 20_000);
});
