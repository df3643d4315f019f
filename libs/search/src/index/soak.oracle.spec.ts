import fc from 'fast-check';
import { expectAgreement } from '../../oracle/agreement';
import { Pair, someChange } from '../../oracle/pair';
import { someDocuments, someQuery, someSort } from '../../oracle/arbitraries';
it('soak', () => {
  let n = 0, corrected = 0, q=0; const tiers: Record<string, number> = {};
  try {
  fc.assert(
    fc.property(someDocuments, fc.array(someChange, { maxLength: 30 }), fc.array(fc.tuple(someQuery, someSort), { minLength: 10, maxLength: 10 }), fc.integer({min:1,max:9}),(first, changes, queries, limit) => {
      const pair = new Pair(first); n++;
      for (const change of changes) pair.apply(change);
      for (const [query, sort] of queries) { expectAgreement(pair.index, pair.oracle, query, sort, limit);
        const a = pair.oracle.search(query, sort); q++; if (a?.corrected) corrected++; const k = a ? (a.ids.length > 5 ? '>5' : String(a.ids.length)) : 'refused'; tiers[k] = (tiers[k] ?? 0) + 1; }
    }),
    { numRuns: 100000, seed: Number(process.env['SEED'] ?? 3), interruptAfterTimeLimit: 60_000 },
  ); } finally { console.log(n, q, corrected, tiers); }
}, 100_000);
