import { ALPHABETS_END, foldText, foldUnits } from './fold';

/** The longest token, in UTF-16 units. */
export const MAX_TOKEN_LENGTH = 64;

/** Non-ASCII words whose tokens are kept: texts repeat them, and normalising costs twenty times as much as looking up. */
const MEMO_ENTRIES = 8_192;
const MEMO_WORD_LENGTH = 32;
const memo = new Map<string, readonly string[]>();

/** The segmenter's time grows with the square of a run: longer ones are cut, in UTF-16 units. */
const MAX_SEGMENTED = 256;

const RUN = /([\p{L}\p{N}][\p{L}\p{M}\p{N}]*)[+#]*/gu;
const BEGINS_TOKEN = /^[\p{L}\p{N}]/u;
const WITHOUT_SPACES =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/** A fixed language: tokens must not depend on where the hub runs. */
let segmenter: Intl.Segmenter | undefined;

const LETTER = 1;
const SUFFIX = 2;

/** What each code unit is that `foldUnits` leaves; those beyond are separators. */
const UNIT_CLASS = Uint8Array.from({ length: ALPHABETS_END }, (_, code) => {
  const unit = String.fromCharCode(code);
  if (BEGINS_TOKEN.test(unit)) return LETTER;
  return unit === '+' || unit === '#' ? SUFFIX : 0;
});

/** The tokens of a text in their order: libs/search/README.md, "Text to tokens". */
export function tokenize(text: string): string[] {
  const tokens: string[] = [];
  eachToken(text, (token) => tokens.push(token));
  return tokens;
}

/**
 * Calls `visit` with each token of a text, in order: for texts by the hundred thousand. A token may be a slice that
 * keeps the whole text in memory; who stores it for long copies it.
 */
export function eachToken(text: string, visit: (token: string) => void): void {
  const folded = foldUnits(text);
  if (folded === undefined) eachWord(text, (start, end) => visitWord(text.slice(start, end), visit));
  else alphabetSpans(folded, (start, end) => visit(folded.slice(start, end)));
}

/**
 * Calls `visit` with each stretch between ASCII white space and controls, in units of the text. No token reaches over
 * one, and no stretch folds otherwise than within the text.
 */
export function eachWord(text: string, visit: (start: number, end: number) => void): void {
  let start = 0;
  for (let at = 0; at <= text.length; at++) {
    if (at < text.length && text.charCodeAt(at) > 0x20) continue;
    if (at > start) visit(start, at);
    start = at + 1;
  }
}

/** Calls `visit` with the place of each token in a folded text, in its UTF-16 units. */
export function eachSpan(folded: string, visit: (start: number, end: number) => void): void {
  if (foldUnits(folded) === folded) alphabetSpans(folded, visit);
  else unicodeSpans(folded, visit);
}

function visitWord(word: string, visit: (token: string) => void): void {
  const simple = foldUnits(word);
  if (simple !== undefined) return alphabetSpans(simple, (start, end) => visit(simple.slice(start, end)));
  let tokens = memo.get(word);
  if (!tokens) {
    tokens = wordTokens(word);
    if (memo.size >= MEMO_ENTRIES) memo.clear();
    // A copy: a slice would keep the text it was cut from in memory.
    if (word.length <= MEMO_WORD_LENGTH) memo.set(Buffer.from(word, 'utf16le').toString('utf16le'), tokens);
  }
  for (const token of tokens) visit(token);
}

function wordTokens(word: string): string[] {
  const folded = foldText(word);
  const tokens: string[] = [];
  unicodeSpans(folded, (start, end) => tokens.push(folded.slice(start, end)));
  return tokens;
}

function alphabetSpans(folded: string, visit: (start: number, end: number) => void): void {
  const { length } = folded;
  let at = 0;
  while (at < length) {
    if (UNIT_CLASS[folded.charCodeAt(at)] !== LETTER) {
      at++;
      continue;
    }
    const start = at++;
    while (at < length && UNIT_CLASS[folded.charCodeAt(at)] === LETTER) at++;
    while (at < length && UNIT_CLASS[folded.charCodeAt(at)] === SUFFIX) at++;
    visit(start, at - start > MAX_TOKEN_LENGTH ? start + MAX_TOKEN_LENGTH : at);
  }
}

function unicodeSpans(folded: string, visit: (start: number, end: number) => void): void {
  for (const match of folded.matchAll(RUN)) {
    const run = match[1] ?? '';
    const end = match.index + match[0].length;
    if (WITHOUT_SPACES.test(run)) segmentSpans(folded, match.index, match.index + run.length, end, visit);
    else visit(match.index, cut(folded, match.index, end));
  }
}

/** Words of a run; `+` and `#` between `runEnd` and `end` belong to the last one. */
function segmentSpans(
  folded: string,
  runStart: number,
  runEnd: number,
  end: number,
  visit: (start: number, end: number) => void,
): void {
  segmenter ??= new Intl.Segmenter('en', { granularity: 'word' });
  let pieceStart = runStart;
  while (pieceStart < runEnd) {
    const pieceEnd = segmentablePiece(folded, pieceStart, runEnd);
    for (const { segment, index } of segmenter.segment(folded.slice(pieceStart, pieceEnd))) {
      if (!BEGINS_TOKEN.test(segment)) continue;
      const start = pieceStart + index;
      const wordEnd = start + segment.length;
      visit(start, cut(folded, start, wordEnd === runEnd ? end : wordEnd));
    }
    pieceStart = pieceEnd;
  }
}

/** Where to stop segmenting from `start`: before a letter or digit, so that no character is torn from its marks. */
function segmentablePiece(text: string, start: number, runEnd: number): number {
  const longest = start + MAX_SEGMENTED;
  if (longest >= runEnd) return runEnd;
  for (let end = longest; end > start; end--) {
    if (BEGINS_TOKEN.test(text.slice(end, end + 2))) return end;
  }
  return longest;
}

/** Where the token from `start` ends: not too long, and not within a surrogate pair. */
function cut(text: string, start: number, end: number): number {
  if (end - start <= MAX_TOKEN_LENGTH) return end;
  const last = start + MAX_TOKEN_LENGTH;
  return (text.charCodeAt(last - 1) & 0xfc00) === 0xd800 ? last - 1 : last;
}
