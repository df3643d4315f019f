import type { SearchQuery } from '../query/search-query';
import { addBit, andInto, andNotInto, type Bitset, type BitsetPool, countBits, eachBit, scatter } from '../segments/bitset';
import { type Segment, termRange } from '../segments/segment';
import type { LiveSegment } from '../segments/segment-state';
import { allowed } from './filters';
import { keepPhrase, termsOf } from './phrases';
import { correctedSets, type WordSets, wordSets } from './word-sets';
import type { Join, Word } from './words';

/** Documents by tier, best first; each set holds the one before, all lie within the last. */
export type Tiers = readonly Bitset[];

/** What a query finds in one segment; valid until the pool takes its sets back. */
export interface SegmentMatch {
  live: LiveSegment;
  /** What filters and exclusions let through. */
  mask: Bitset;
  /** All documents found. */
  found: Bitset;
  total: number;
  /** Documents found with the words as they are, then those found by corrections only. */
  groups: readonly Tiers[];
  /** The query lets every living document through. */
  everything: boolean;
}

export function matchSegment(live: LiveSegment, pool: BitsetPool, query: SearchQuery, words: readonly Word[]): SegmentMatch {
  const { segment } = live;
  const filtered = query.filters.length > 0 || query.without.length > 0;
  const mask = filtered ? allowed(live, pool, query) : live.alive;
  const exact = wordSets(segment, pool, words);
  if (!exact) return { live, mask, found: mask, total: filtered ? countBits(mask) : live.living, groups: [[mask]], everything: !filtered };
  const named = namedTiers(segment, pool, words);
  if (!query.texts.some(({ phrase }) => phrase)) addJoinedNames(segment, words, [...named, exact.inName, exact.inTags, exact.anywhere]);
  narrow(exact, segment, pool, mask, query);
  const tiers = [...named, exact.inName, exact.inTags, exact.anywhere];
  return { live, mask, found: exact.anywhere, total: countBits(exact.anywhere), groups: [tiers], everything: false };
}

/** Adds to a match what is found by corrections only. */
export function correctMatch(match: SegmentMatch, pool: BitsetPool, query: SearchQuery, words: readonly Word[], joins: readonly Join[]): SegmentMatch {
  const { segment } = match.live;
  const corrected = correctedSets(segment, pool, words, joins);
  narrow(corrected, segment, pool, match.mask, query);
  const found = pool.copy(corrected.anywhere);
  andNotInto(corrected.anywhere, match.found);
  andInto(corrected.inName, corrected.anywhere);
  const tiers = [...correctedNames(segment, pool, words, corrected.inName), corrected.inName, corrected.inTags, corrected.anywhere];
  return { ...match, found, total: countBits(found), groups: [...match.groups, tiers] };
}

/** Leaves what is let through and has all phrases. */
function narrow({ anywhere }: WordSets, segment: Segment, pool: BitsetPool, mask: Bitset, { texts }: SearchQuery): void {
  andInto(anywhere, mask);
  for (const { phrase, tokens } of texts) {
    if (!phrase || tokens.length === 1) continue;
    const terms = termsOf(segment, tokens);
    if (terms) keepPhrase(anywhere, segment, pool, terms);
    else anywhere.fill(0);
  }
}

/** Names that are the words, and names that begin with them. */
function namedTiers(segment: Segment, pool: BitsetPool, words: readonly Word[]): [Bitset, Bitset] {
  const [whole, beginning] = [pool.take(), pool.take()];
  const ranges = words.map(({ token, prefix }) => termRange(segment, token, prefix));
  const [first] = ranges;
  if (!first || ranges.some(([from, to]) => from === to)) return [whole, beginning];
  const lastTerm = exactTerm(segment, words[words.length - 1]!.token);
  const { starts, values } = segment.beginsName;
  if (ranges.length === 1) {
    scatter(beginning, values, starts[first[0]]!, starts[first[1]]!);
    if (lastTerm === -1) return [whole, beginning];
    for (let at = starts[lastTerm]!; at < starts[lastTerm + 1]!; at++) if (nameLength(segment, values[at]!) === 1) addBit(whole, values[at]!);
    return [whole, beginning];
  }
  for (let at = starts[first[0]]!; at < starts[first[1]]!; at++) {
    const document = values[at]!;
    const row = segment.names.starts[document]!;
    const length = nameLength(segment, document);
    if (length < ranges.length) continue;
    let word = 1;
    while (word < ranges.length && inRange(segment.names.values[row + word]!, ranges[word]!)) word++;
    if (word < ranges.length) continue;
    addBit(beginning, document);
    if (length === ranges.length && segment.names.values[row + length - 1] === lastTerm) addBit(whole, document);
  }
  return [whole, beginning];
}

/** Adds the documents whose name is all the words, written together. */
function addJoinedNames(segment: Segment, words: readonly Word[], sets: readonly Bitset[]): void {
  if (words.length < 2) return;
  const term = exactTerm(segment, words.map(({ token }) => token).join(''));
  if (term === -1) return;
  const { starts, values } = segment.beginsName;
  for (let at = starts[term]!; at < starts[term + 1]!; at++) {
    if (nameLength(segment, values[at]!) === 1) for (const set of sets) addBit(set, values[at]!);
  }
}

/** The same as `namedTiers` where a word may also stand for one of its corrections. */
function correctedNames(segment: Segment, pool: BitsetPool, words: readonly Word[], candidates: Bitset): [Bitset, Bitset] {
  const [whole, beginning] = [pool.take(), pool.take()];
  const ranges = words.map(({ token, prefix }) => termRange(segment, token, prefix));
  const exact = words.map(({ token }) => exactTerm(segment, token));
  const near = words.map((word) => new Set(word.near.map((term) => exactTerm(segment, term))));
  eachBit(candidates, (document) => {
    const row = segment.names.starts[document]!;
    const length = nameLength(segment, document);
    if (length < words.length) return;
    let isWhole = length === words.length;
    for (let at = 0; at < words.length; at++) {
      const term = segment.names.values[row + at]!;
      const same = term === exact[at] || near[at]!.has(term);
      if (!same && !inRange(term, ranges[at]!)) return;
      isWhole &&= same;
    }
    addBit(beginning, document);
    if (isWhole) addBit(whole, document);
  });
  return [whole, beginning];
}

function nameLength({ names: { starts } }: Segment, document: number): number {
  return starts[document + 1]! - starts[document]!;
}

function exactTerm(segment: Segment, token: string): number {
  const [from, to] = termRange(segment, token, false);
  return from === to ? -1 : from;
}

const inRange = (term: number, [from, to]: readonly [number, number]): boolean => term >= from && term < to;
