import fc from 'fast-check';
import { expectAgreement } from '../../oracle/agreement';
import { someDocument, someQuery, someSort } from '../../oracle/arbitraries';
import { LOW_LIMITS } from '../../oracle/low-limits';
import { Pair } from '../../oracle/pair';
import type { SearchDocument } from '../document';
import { packSegment, unpackSegment } from '../segments/pack';
import { mergeSegments } from '../segments/segment-writer';

const BATCH = 130;
const BATCHES = 11;
const DOCUMENTS = BATCH * BATCHES;

/** So many that the index wants them joined in the background. */
const many = (seed: number, salt = 0): SearchDocument[] =>
  fc.sample(someDocument, { numRuns: DOCUMENTS, seed: seed + salt }).map((document, at) => ({ ...document, id: `d${at}` }));

const someNumbers = fc.array(fc.nat({ max: DOCUMENTS - 1 }), { maxLength: 200 });

describe('a merge in the background', () => {
  it('keeps what changed between its start and its end', () => {
    fc.assert(
      fc.property(fc.nat(), fc.record({ removed: someNumbers, changed: someNumbers, later: someNumbers, canceled: fc.boolean() }), fc.array(fc.tuple(someQuery, someSort), { minLength: 4, maxLength: 4 }), (seed, plan, queries) => {
        const documents = many(seed);
        const others = many(seed, 1);
        const idsOf = (numbers: number[]): string[] => numbers.map((number) => `d${number}`);
        const pair = new Pair(documents.slice(0, BATCH));
        for (let batch = 1; batch < BATCHES; batch++) pair.apply({ put: documents.slice(batch * BATCH, (batch + 1) * BATCH) });
        pair.apply({ remove: idsOf(plan.removed.slice(0, 20)) });

        if (plan.canceled) {
          expect(pair.index.mergeDue()).not.toBeNull();
          pair.index.cancelMerge();
        }
        const parts = pair.index.mergeDue();
        expect(parts?.length).toBeGreaterThan(1);
        expect(pair.index.mergeDue()).toBeNull(); // one at a time
        // Between threads: what is merged is a copy of what was due.
        const merged = unpackSegment(structuredClone(packSegment(mergeSegments(parts!, LOW_LIMITS))));
        pair.apply({ remove: idsOf(plan.removed) });
        pair.apply({ put: plan.changed.map((number) => others[number]!) });
        for (const [query, sort] of queries) expectAgreement(pair.index, pair.oracle, query, sort, 100);

        pair.index.completeMerge(parts!, merged);
        expect(pair.index.stats().segments.length).toBeLessThan(parts!.length + 3);
        pair.apply({ put: plan.later.map((number) => documents[number]!) });
        for (const [query, sort] of queries) expectAgreement(pair.index, pair.oracle, query, sort, 100);
        expect(pair.index.stats().documents).toBe(pair.oracle.all.length);
      }),
      { numRuns: 12, seed: 4, interruptAfterTimeLimit: 6_000 },
    );
  }, 30_000);
});
