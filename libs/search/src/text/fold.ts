/** What normalisation leaves as it is though people type it otherwise; and what it takes apart though dictionaries do not. */
const REPLACED: Record<string, string> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ı: 'i',
  þ: 'th',
  // Lower-casing writes a sigma by its place in the word: a beginning of a word would fold otherwise than the word.
  ς: 'σ',
  // Thai and Lao "am": compatibility decomposition splits it, and the word segmenter would not know the word any more.
  '\u0e4d\u0e32': '\u0e33',
  '\u0ecd\u0eb2': '\u0eb3',
};
const TO_REPLACE = new RegExp(Object.keys(REPLACED).join('|'), 'g');

/**
 * Diacritics; points and accents of Hebrew and Arabic, and the tatweel, which texts have or leave out at will; frames
 * around symbols (keycaps); variation selectors (emoji style).
 */
const DROPPED =
  /[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u20d0-\u20ff\ufe00-\ufe0f]/g;

/** Code units below fold each for itself, as long as no mark follows: Latin, Greek, Cyrillic; and usual punctuation. */
export const ALPHABETS_END = 0x530;
const MARKS = [0x300, 0x36f] as const;
const CYRILLIC_MARKS = [0x483, 0x489] as const;
const PUNCTUATION = [0x2010, 0x2027] as const;
const folds: (string | undefined)[] = [];

/**
 * The form in which texts compare: without case, accents and compatibility variants (libs/search/README.md, "Text to
 * tokens"). Folding twice changes nothing; the parts between ASCII characters fold independently of each other.
 */
export function foldText(text: string): string {
  return foldUnits(text) ?? foldFully(text);
}

/**
 * Unit by unit, ten times as fast as normalising; undefined where that is not certain to give the same. What comes out
 * has letters and digits below U+0530 alone, and no marks.
 */
export function foldUnits(text: string): string | undefined {
  const lower = text.toLowerCase();
  let folded = '';
  let done = 0;
  for (let at = 0; at < lower.length; at++) {
    const code = lower.charCodeAt(at);
    if (code < 0x80) continue;
    if (!foldsAlone(code)) return undefined;
    folded += lower.slice(done, at) + (folds[code] ??= foldFully(lower.charAt(at)));
    done = at + 1;
  }
  return done === 0 ? lower : folded + lower.slice(done);
}

function foldsAlone(code: number): boolean {
  if (code >= ALPHABETS_END) return code >= PUNCTUATION[0] && code <= PUNCTUATION[1];
  return (code < MARKS[0] || code > MARKS[1]) && (code < CYRILLIC_MARKS[0] || code > CYRILLIC_MARKS[1]);
}

function foldFully(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFKD')
    .toLowerCase() // again: letter-like symbols (U+2121 TEL, mathematical capitals) have capitals inside
    .replace(DROPPED, '')
    .normalize('NFKC')
    .replace(TO_REPLACE, (letters) => REPLACED[letters] ?? letters);
}
