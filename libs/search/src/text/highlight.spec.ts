import fc from 'fast-check';
import { foldText } from './fold';
import { highlight } from './highlight';
import { tokenize } from './tokenize';

/** The text with what is marked in brackets. */
function marked(text: string, ...words: string[]): string {
  const matched = words.map((word) => ({ token: word.replace('*', ''), prefix: word.endsWith('*') }));
  return highlight(text, matched).reduceRight(
    (result, [start, end]) => `${result.slice(0, start)}[${result.slice(start, end)}]${result.slice(end)}`,
    text,
  );
}

describe('highlight', () => {
  it.each([
    ['React dashboard, reactive', ['react*'], '[React] dashboard, [react]ive'],
    ['React dashboard, reactive', ['react'], '[React] dashboard, reactive'],
    ['React dashboard', ['rea*', 'react'], '[React] dashboard'],
    ['React dashboard', ['dash*', 'react'], '[React] [dash]board'],
    ['C++ and C', ['c++'], '[C++] and C'],
    ['C++ and C', ['c*'], '[C]++ and [C]'],
    ['Čeština', ['ces*'], '[Češ]tina'],
    ['C\u030ces\u030ctina', ['ces*'], '[C\u030ces\u030c]tina'],
    ['die Straße nach', ['strass*'], 'die [Straß]e nach'],
    ['die Straße nach', ['stras*'], 'die [Straß]e nach'],
    ['die Straße nach', ['strasse'], 'die [Straße] nach'],
    ['in İstanbul', ['is*'], 'in [İs]tanbul'],
    ['eﬃcient', ['eff*'], '[eﬃ]cient'],
    ['eﬃcient', ['effi*'], '[eﬃ]cient'],
    ['👋🏽 Ærø', ['ae*'], '👋🏽 [Æ]rø'],
    ['東京都の天気', ['天*'], '東京都の[天]気'],
    ['東京都の天気', ['東京', '都'], '[東京都]の天気'],
    ['ภาษาไทยน้ำแข็ง', ['ไทย', 'น้ำ'], 'ภาษา[ไทยน้ำ]แข็ง'],
    ['ｶﾞｲﾄﾞ', ['ガ*'], '[ｶﾞ]ｲﾄﾞ'],
    ['한국어 \u1112\u1161\u11ab국', ['한*'], '[한]국어 [\u1112\u1161\u11ab]국'],
    ['⚙️Settings', ['settings'], '⚙️[Settings]'],
    ['nothing here', ['x*'], 'nothing here'],
    ['nothing here', [], 'nothing here'],
  ])('%s by %s', (text, words, expected) => expect(marked(text, ...words)).toBe(expected));

  it('marks the whole word where folding mixes its characters', () => {
    expect(marked('x น\u0e49\u0e4d\u0e32 y', 'น้ำ*')).toBe('x [น\u0e49\u0e4d\u0e32] y');
  });

  const text = fc.string({
    unit: fc.constantFrom(...'aAbÉéß+ -Σ', 'İ', '\u0301', 'ﬁ', '京', 'ด', 'ｶ', 'ﾞ', '🙂', '\ud83d'),
  });

  it('marks ranges in order, apart, within the text, that hold what was matched', () => {
    fc.assert(
      fc.property(text, fc.nat(), fc.boolean(), (written, pick, prefix) => {
        const tokens = tokenize(written);
        fc.pre(tokens.length > 0);
        const whole = tokens[pick % tokens.length]!;
        const token = prefix ? whole.slice(0, 1 + (pick % whole.length)) : whole;
        const ranges = highlight(written, [{ token, prefix }]);
        expect(ranges.length).toBeGreaterThan(0);
        let before = -1;
        for (const [start, end] of ranges) {
          expect(start).toBeGreaterThan(before);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(written.length);
          expect(foldText(written.slice(start, end))).toContain(token);
          before = end;
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
