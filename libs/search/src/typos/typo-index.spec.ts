import fc from 'fast-check';
import { TypoIndex } from './typo-index';

/** Optimal string alignment, the whole table: distances of `word` from every beginning of `term`. */
function distances(word: string, term: string): number[] {
  const rows = Array.from({ length: word.length + 1 }, (_, row) =>
    Array.from({ length: term.length + 1 }, (_, at) => row + at),
  );
  for (let i = 1; i <= word.length; i++) {
    for (let j = 1; j <= term.length; j++) {
      const replaced = rows[i - 1]![j - 1]! + (word[i - 1] === term[j - 1] ? 0 : 1);
      rows[i]![j] = Math.min(rows[i - 1]![j]! + 1, rows[i]![j - 1]! + 1, replaced);
      if (i > 1 && j > 1 && word[i - 1] === term[j - 2] && word[i - 2] === term[j - 1]) {
        rows[i]![j] = Math.min(rows[i]![j]!, rows[i - 2]![j - 2]! + 1);
      }
    }
  }
  return rows[word.length]!;
}

function bruteForce(terms: readonly string[], word: string, prefix: boolean, maxEdits: number): [number, number][] {
  return terms.flatMap((term, at) => {
    const all = distances(word, term);
    const distance = prefix ? Math.min(...all) : all.at(-1)!;
    return distance >= 1 && distance <= maxEdits ? [[at, distance] as [number, number]] : [];
  });
}

function found(index: TypoIndex, word: string, prefix: boolean, maxEdits: 1 | 2): [number, number][] {
  const candidates: [number, number][] = [];
  index.candidates(word, prefix, maxEdits, (term, distance) => candidates.push([term, distance]));
  return candidates.sort(([one], [other]) => one - other);
}

const sorted = (terms: Iterable<string>) => [...new Set(terms)].filter((term) => term !== '').sort();

/** A word as someone mistypes it. */
function mistyped(word: string, edits: readonly { kind: number; at: number; unit: string }[]): string {
  return edits.reduce((text, { kind, at, unit }) => {
    const place = at % (text.length + 1);
    const rest = text.slice(place);
    if (kind === 0) return text.slice(0, place) + unit + rest;
    if (kind === 1) return text.slice(0, place) + rest.slice(1);
    if (kind === 2) return text.slice(0, place) + unit + rest.slice(1);
    return text.slice(0, place) + rest.slice(1, 2) + rest.slice(0, 1) + rest.slice(2);
  }, word);
}

/** Vocabularies of many near words: few letters, shared beginnings, lengths on both sides of every limit. */
function searches(units: readonly string[], maxLength: number) {
  const unit = fc.constantFrom(...units);
  const word = fc.string({ unit, minLength: 1, maxLength });
  const edit = fc.record({ kind: fc.nat(3), at: fc.nat(maxLength), unit });
  return fc.record({
    stems: fc.array(word, { minLength: 1, maxLength: 6 }),
    endings: fc.array(fc.string({ unit, maxLength: 6 }), { minLength: 1, maxLength: 8 }),
    others: fc.array(word, { maxLength: 60 }),
    pick: fc.nat(),
    edits: fc.array(edit, { maxLength: 3 }),
    cut: fc.option(fc.nat(maxLength + 6), { nil: null }),
    prefix: fc.boolean(),
    maxEdits: fc.constantFrom(1 as const, 2 as const),
  });
}

const alphabets = { two: ['a', 'b'], few: [...'abcd'], many: [...'abcdefghijkl0+#', 'é', '京', '\u{10428}', '\ud83d'] };

describe('TypoIndex', () => {
  it.each([
    ['kubernets', false, 2, ['kubernetes:1']],
    ['kuberentes', false, 2, ['kubernetes:1']],
    ['ukbernetse', false, 2, ['kubernetes:2']],
    ['dahsb', true, 1, ['dashboard:1', 'dashboards:1']],
    ['xashb', true, 1, ['dashboard:1', 'dashboards:1']],
    ['dashboard', true, 2, []],
    ['dashboard', false, 2, ['dashboards:1']],
    ['reactive', true, 2, ['reaction:2']],
    ['aect', false, 1, []],
    ['raect', true, 1, ['react:1', 'reaction:1']],
    ['dashboardss', true, 2, ['dashboard:2', 'dashboards:1']],
  ] as const)('%s (prefix: %s, %d edits)', (word, prefix, maxEdits, expected) => {
    const terms = sorted(['kubernetes', 'dashboard', 'dashboards', 'react', 'reaction', 'redis']);
    const answer = found(TypoIndex.build(terms), word, prefix, maxEdits);
    expect(answer.map(([term, distance]) => `${terms[term]}:${distance}`)).toEqual(expected);
  });

  it('has nothing for no terms, and one for one', () => {
    expect(found(TypoIndex.build([]), 'word', true, 1)).toEqual([]);
    expect(found(TypoIndex.build(['word']), 'wrod', false, 1)).toEqual([[0, 1]]);
  });

  it.each(Object.entries(alphabets))('finds exactly what comparing with every term finds: %s letters', (_, units) => {
    fc.assert(
      fc.property(searches(units, 11), ({ stems, endings, others, pick, edits, cut, prefix, maxEdits }) => {
        const terms = sorted([...stems.flatMap((stem) => endings.map((ending) => stem + ending)), ...others]);
        fc.pre(terms.length > 0);
        const meant = terms[pick % terms.length]!;
        const word = mistyped(cut === null ? meant : meant.slice(0, cut), edits);
        const packed = structuredClone(TypoIndex.build(terms).pack());
        expect(found(TypoIndex.unpack(terms, packed), word, prefix, maxEdits)).toEqual(
          bruteForce(terms, word, prefix, maxEdits),
        );
      }),
      { numRuns: 1_500 },
    );
  });

  it('is exact for tokens of every length', () => {
    for (const length of [1, 2, 3, 4, 7, 8, 15, 16, 31, 32, 33, 63, 64]) {
      const meant = Array.from({ length }, (_, at) => 'abcdefghijk'[(at * at) % 11]).join('');
      const terms = sorted([meant, `${meant}s`, `x${meant}`, meant.slice(1), meant.slice(0, -2), `${meant}${meant}`]);
      const index = TypoIndex.build(terms);
      for (const at of new Set([0, 1, length >> 1, length - 2, length - 1])) {
        for (const word of [meant.slice(0, at) + meant.slice(at + 1), `${meant.slice(0, at)}zz${meant.slice(at)}`]) {
          for (const prefix of [false, true])
            expect(found(index, word, prefix, 2)).toEqual(bruteForce(terms, word, prefix, 2));
        }
      }
    }
  });
});
