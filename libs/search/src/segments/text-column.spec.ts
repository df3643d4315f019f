import fc from 'fast-check';
import { u32 } from './columns';
import { eachWord, holds, pattern, textColumn, TEXTS } from './text-column';

/** Enough terms for codes of one, two and three bytes. */
const TERMS = 40_000;
const term = fc.oneof(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 200 }), fc.integer({ min: 0, max: TERMS - 1 }));
const document = fc.tuple(...TEXTS.map(() => fc.array(term, { maxLength: 6 })));

function columnOf(documents: number[][][]) {
  const rows = documents.flat();
  const starts = u32(rows.length + 1);
  rows.forEach((row, at) => (starts[at + 1] = starts[at]! + row.length));
  return textColumn(TERMS, documents.length, { starts, values: Uint32Array.from(rows.flat()) });
}

describe('a column of texts', () => {
  it('gives back each word of each text', () => {
    fc.assert(
      fc.property(fc.array(document, { maxLength: 5 }), (documents) => {
        const read = documents.map(() => TEXTS.map((): number[] => []));
        eachWord(columnOf(documents), 0, documents.length, (word, text, at) => void (word !== -1 && read[at]![text]!.push(word)));
        expect(read).toEqual(documents);
      }),
      { numRuns: 60 },
    );
  });

  it('holds what stands side by side in one text, and nothing else', () => {
    fc.assert(
      fc.property(document, fc.array(term, { minLength: 1, maxLength: 3 }), fc.nat(), (texts, other, at) => {
        const column = columnOf([texts]);
        const within = (wanted: number[]): boolean => texts.some((words) => words.some((_, from) => wanted.every((one, n) => words[from + n] === one)));
        const words = texts.flat();
        const some = words.slice(at % (words.length + 1), (at % (words.length + 1)) + 2);
        for (const wanted of [other, some].filter(({ length }) => length > 0)) expect(holds(column, 0, pattern(column, wanted))).toBe(within(wanted));
      }),
      { numRuns: 200 },
    );
  });
});
