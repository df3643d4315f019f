import fc from 'fast-check';
import { someDocuments } from '../../oracle/arbitraries';
import { Pair, someChange } from '../../oracle/pair';
import { relatedScores } from '../../oracle/related';

describe('related documents', () => {
  it('are scored by the rarity of what they share', () => {
    fc.assert(
      fc.property(someDocuments, fc.array(someChange, { maxLength: 8 }), fc.nat(), fc.integer({ min: 1, max: 50 }), (first, changes, pick, limit) => {
        const { index, oracle } = Pair.of(first, changes);
        const { all } = oracle;
        fc.pre(all.length > 0);
        const { id } = all[pick % all.length]!.document;
        const scores = relatedScores(all, id);
        const related = index.related(id, limit);

        expect(related).toHaveLength(Math.min(limit, scores.size));
        for (const { id: other, score } of related) expect(score).toBeCloseTo(scores.get(other)!, 9);
        const best = [...scores.values()].sort((a, b) => b - a).slice(0, limit);
        related.forEach(({ score }, at) => expect(score).toBeCloseTo(best[at]!, 9));
      }),
      { numRuns: 300, seed: 5, interruptAfterTimeLimit: 3_000 },
    );
    expect(Pair.of([], []).index.related('d001', 5)).toEqual([]);
  });
});
