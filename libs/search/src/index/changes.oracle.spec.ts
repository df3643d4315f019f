import fc from 'fast-check';
import { expectAgreement } from '../../oracle/agreement';
import { Pair, someChange } from '../../oracle/pair';
import { someDocuments, someQuery, someSort } from '../../oracle/arbitraries';

describe('an index after changes', () => {
  it('answers as if it had been made of what is there now', () => {
    fc.assert(
      fc.property(someDocuments, fc.array(someChange, { maxLength: 30 }), fc.array(fc.tuple(someQuery, someSort), { minLength: 6, maxLength: 6 }), (first, changes, queries) => {
        const pair = Pair.of(first, changes);
        for (const [query, sort] of queries) expectAgreement(pair.index, pair.oracle, query, sort, 7);
        expect(pair.index.stats().documents).toBe(pair.oracle.all.length);
      }),
      { numRuns: 200, seed: 2, interruptAfterTimeLimit: 6_000 },
    );
  }, 20_000);
});
