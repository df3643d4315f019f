import fc from 'fast-check';
import { foldText } from './fold';
import { eachSpan, eachToken, MAX_TOKEN_LENGTH, tokenize } from './tokenize';

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({
    unit: fc.constantFrom(...'aÀéß+#. 1Σςı', 'İ', '\u0301', '\ud800', 'ﬁ', '京', 'カ', 'ภ', 'ำ', '️', 'Ⅷ', '℡'),
  }),
);

/** The definition, word by word, over the whole text. */
function defined(text: string): string[] {
  return [...foldText(text).matchAll(/([\p{L}\p{N}][\p{L}\p{M}\p{N}]*)[+#]*/gu)].map(([run]) =>
    run.slice(0, MAX_TOKEN_LENGTH).replace(/[\ud800-\udbff]$/, ''),
  );
}

describe('foldText', () => {
  it.each([
    ['Čeština', 'cestina'],
    ['STRASSE straße ẞ', 'strasse strasse ss'],
    ['İstanbul Iğdır ılık', 'istanbul igdir ilik'],
    ['Ærøskøbing œuvre Łódź Đakovo Þór', 'aeroskobing oeuvre lodz dakovo thor'],
    ['e\u0301 vs é', 'e vs e'],
    ['ﬁne ｆｕｌｌ ½ ℡ 𝐁old', 'fine full 1⁄2 tel bold'],
    ['ΟΔΟΣ οδός', 'οδοσ οδοσ'],
    ['ЁЛКА Йод', 'елка иод'],
    ['안녕', '안녕'],
    ['น้ำ', 'น้ำ'],
    ['⚙️ 1️⃣', '⚙ 1'],
  ])('%s is %s', (text, folded) => expect(foldText(text)).toBe(folded));

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(anyText, (text) => expect(foldText(foldText(text))).toBe(foldText(text))),
      { numRuns: 2_000 },
    );
  });

  it('folds each character the same alone and between ASCII ones, whichever way it goes', () => {
    const different: string[] = [];
    for (let code = 0x80; code < 0x10000; code++) {
      if (code >= 0xd800 && code < 0xe000) continue;
      const character = String.fromCharCode(code);
      // The mark of another script forces the way by normalising.
      if (foldText(`${character} \u0941`) !== `${foldText(character)} \u0941`) different.push(character);
    }
    expect(different).toEqual([]);
  });
});

describe('tokenize', () => {
  it.each([
    ['Hello, World: C++ and c#!', ['hello', 'world', 'c++', 'and', 'c#']],
    ['next.js / .NET + a', ['next', 'js', 'net', 'a']],
    ['c++abc', ['c++', 'abc']],
    ['Čeština—rychlá', ['cestina', 'rychla']],
    ['東京都の天気予報アプリ#', ['東京', '都', 'の', '天気', '予報', 'アプリ#']],
    ['ภาษาไทย น้ำแข็ง', ['ภาษา', 'ไทย', 'น้ำ', 'แข็ง']],
    ['⚙️Settings ❤️', ['settings']],
    ['हिन्दी שָׁלוֹם', ['हिन्दी', 'שלום']],
    ['مُحَمَّد محمـد', ['محمد', 'محمد']],
    ['a\ud800b', ['a', 'b']],
    ['', []],
    ['--- ""', []],
  ])('%s', (text, tokens) => expect(tokenize(text)).toEqual(tokens));

  it('ends a token after 64 units and drops the rest of the run', () => {
    expect(tokenize(`${'x'.repeat(70)}++ y`)).toEqual(['x'.repeat(64), 'y']);
    expect(tokenize('𐐨'.repeat(40))).toEqual(['𐐨'.repeat(32)]);
    expect(tokenize(`a${'𐐨'.repeat(40)}`)).toEqual([`a${'𐐨'.repeat(31)}`]);
  });

  it('is the definition', () => {
    const withoutSegmenter = anyText.filter(
      (text) => !/[京カภำ]/.test(text) && !/[\u0e00-\uffff]/.test(foldText(text)),
    );
    fc.assert(
      fc.property(withoutSegmenter, (text) => expect(tokenize(text)).toEqual(defined(text))),
      { numRuns: 2_000 },
    );
  });

  it('gives tokens that begin with a letter or digit, whatever the text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        for (const token of tokenize(text)) {
          expect(token).toMatch(/^[\p{L}\p{N}][\p{L}\p{M}\p{N}]*[+#]*$/u);
          expect(token.length).toBeLessThanOrEqual(MAX_TOKEN_LENGTH);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('finds the same tokens in the folded text as in the text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const folded = foldText(text);
        const spans: string[] = [];
        eachSpan(folded, (start, end) => spans.push(folded.slice(start, end)));
        expect(spans).toEqual(tokenize(text));
      }),
      { numRuns: 2_000 },
    );
  });

  it('takes time by the length, not its square, where words have no spaces', () => {
    let count = 0;
    // Segmented in one piece, a tenth of it takes 16 s, the whole half an hour.
    eachToken('ภาษาไทยน้ำแข็ง'.repeat(100_000), () => count++);
    expect(count).toBeGreaterThan(390_000);
  }, 60_000);
});
