import fc from 'fast-check';
import { KEYS, someDocuments, WORDS } from '../../oracle/arbitraries';
import { Pair, someChange } from '../../oracle/pair';
import { keysBeginning, namesBeginning, valuesBeginning } from '../../oracle/suggestions';
import { foldText } from '../text/fold';

const typed = fc
  .tuple(fc.constantFrom(...WORDS, ...KEYS, 'ready', '%', '_'), fc.nat({ max: 8 }), fc.constantFrom('', '', '-'), fc.constantFrom(null, null, ...KEYS))
  .map(([text, length, minus, key]) => ({ minus, key, text: foldText(text.slice(0, length)) }));

describe('suggestions', () => {
  it('count what there is, and leave out nothing that there is room for', () => {
    fc.assert(
      fc.property(someDocuments, fc.array(someChange, { maxLength: 8 }), fc.array(typed, { minLength: 5, maxLength: 5 }), fc.integer({ min: 1, max: 30 }), (first, changes, all, limit) => {
        const { index, oracle } = Pair.of(first, changes);
        for (const { minus, key, text } of all) {
          const found = index.suggest(`${minus}${key === null ? '' : `${key}:`}${text}`, limit);
          const keys = key === null ? keysBeginning(oracle.all, text) : [];
          const values = key === null && text === '' ? [] : valuesBeginning(oracle.all, text, key);
          const names = key === null ? namesBeginning(oracle.all, text) : [];
          const of = (kind: string) => found.filter((suggestion) => suggestion.kind === kind);

          expect(found.map(({ kind }) => kind)).toEqual([...of('key'), ...of('value'), ...of('app')].map(({ kind }) => kind));
          expect(of('key').map(({ key: label, count }) => ({ label, count }))).toEqual(keys.slice(0, limit));
          const shownValues = of('value').map(({ key: of, value, count }) => ({ label: `${of}:${value}`, count }));
          expect(shownValues).toEqual(values.slice(0, shownValues.length));
          const shownNames = of('app').map(({ id }) => id);
          expect(shownNames).toEqual(names.slice(0, shownNames.length));
          if (found.length < limit) expect([shownValues.length, shownNames.length]).toEqual([values.length, Math.min(names.length, 5)]);
        }
      }),
      { numRuns: 300, seed: 6, interruptAfterTimeLimit: 3_000 },
    );
  });
});
