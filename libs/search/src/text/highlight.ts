import { foldText, foldUnits } from './fold';
import { eachSpan, eachWord } from './tokenize';

/** A token of the query, or a term that it was corrected to. */
export interface MatchedToken {
  /** Folded. */
  token: string;
  /** It stands for every token that begins with it. */
  prefix: boolean;
}

/** From, to (exclusive): UTF-16 units of the text as it is written. */
export type Range = [start: number, end: number];

/** A character with what changes it: it folds to the same alone as within its word. */
const CHARACTER = /.[\p{M}\u1160-\u11ff\uff9e\uff9f]*/gsu;

/**
 * Where a text holds the matched tokens, in order, neighbouring ranges joined. Of a token that begins with a prefix
 * only the beginning is marked, by whole characters.
 */
export function highlight(text: string, matched: readonly MatchedToken[]): Range[] {
  const ranges: Range[] = [];
  if (matched.length === 0) return ranges;
  const folded = foldUnits(text);
  // No unit folds to nothing, so the same length means that every unit folded to one.
  if (folded?.length === text.length) markFolded(folded, matched, (start, end) => append(ranges, start, end));
  else eachWord(text, (start, end) => markWord(text.slice(start, end), start, matched, ranges));
  return ranges;
}

function markFolded(
  folded: string,
  matched: readonly MatchedToken[],
  mark: (start: number, end: number) => void,
): void {
  eachSpan(folded, (start, end) => {
    const length = matchedLength(folded, start, end, matched);
    if (length > 0) mark(start, start + length);
  });
}

/** How much of a token to mark, in folded units: the most that one of the matched asks for. */
function matchedLength(folded: string, start: number, end: number, matched: readonly MatchedToken[]): number {
  let longest = 0;
  for (const { token, prefix } of beginningWith(folded.charCodeAt(start), matched)) {
    const { length } = token;
    if (length <= longest || length > end - start || (!prefix && length < end - start)) continue;
    if (folded.startsWith(token, start)) longest = length;
  }
  return longest;
}

const byFirstUnit = new WeakMap<readonly MatchedToken[], Map<number, MatchedToken[]>>();

/** Corrections may stand for hundreds of tokens: of each word of a text only those with its first letter are tried. */
function beginningWith(unit: number, matched: readonly MatchedToken[]): readonly MatchedToken[] {
  let units = byFirstUnit.get(matched);
  if (!units) {
    units = new Map<number, MatchedToken[]>();
    for (const one of matched) units.set(one.token.charCodeAt(0), [...(units.get(one.token.charCodeAt(0)) ?? []), one]);
    byFirstUnit.set(matched, units);
  }
  return units.get(unit) ?? [];
}

function markWord(word: string, offset: number, matched: readonly MatchedToken[], ranges: Range[]): void {
  const folded = foldText(word);
  // Most words hold nothing, and finding tokens may take the segmenter.
  if (!matched.some(({ token }) => folded.includes(token))) return;
  let places: Places | undefined;
  markFolded(folded, matched, (start, end) => {
    places ??= placesOf(word);
    append(ranges, offset + (places.starts[start] ?? 0), offset + (places.ends[end - 1] ?? word.length));
  });
}

/** Where each folded unit comes from; empty where folding mixes characters, and the whole word has to stand for it. */
interface Places {
  starts: number[];
  ends: number[];
}

function placesOf(word: string): Places {
  const places: Places = { starts: [], ends: [] };
  let folded = '';
  for (const { 0: character, index } of word.matchAll(CHARACTER)) {
    const part = foldText(character);
    folded += part;
    for (let unit = 0; unit < part.length; unit++) {
      places.starts.push(index);
      places.ends.push(index + character.length);
    }
  }
  return folded === foldText(word) ? places : { starts: [], ends: [] };
}

function append(ranges: Range[], start: number, end: number): void {
  const last = ranges.at(-1);
  if (last && start <= last[1]) last[1] = Math.max(last[1], end);
  else ranges.push([start, end]);
}
