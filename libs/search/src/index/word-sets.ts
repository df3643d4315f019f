import { andInto, type Bitset, type BitsetPool, orInto } from '../segments/bitset';
import { addTagged } from '../segments/hot-sets';
import { addRows } from '../segments/postings';
import { type Segment, termRange } from '../segments/segment';
import type { Join, Word } from './words';

/** Documents where all words occur: in the name; in name or tags; anywhere. Each set holds the one before. */
export interface WordSets {
  inName: Bitset;
  inTags: Bitset;
  anywhere: Bitset;
}

/** @returns null where there are no words, which hold nothing back */
export function wordSets(segment: Segment, pool: BitsetPool, words: readonly Word[]): WordSets | null {
  let all: WordSets | null = null;
  for (const word of words) {
    const one = setsOfWord(segment, pool, word);
    if (all) each(all, one, andInto);
    else all = one;
  }
  return all;
}

/** The same where words also stand for their corrections, and neighbours for the word they make together. */
export function correctedSets(segment: Segment, pool: BitsetPool, words: readonly Word[], joins: readonly Join[]): WordSets {
  // Documents where the first so many words occur, in this way or that.
  const upTo: (WordSets | null)[] = [null];
  words.forEach((word, at) => {
    const here = setsOfWord(segment, pool, word);
    addCorrections(here, segment, pool, word);
    const before = upTo[at];
    if (before) each(here, before, andInto);
    for (const { from, length, token, prefix } of joins) {
      if (from + length !== at + 1) continue;
      const joined = setsOfWord(segment, pool, { token, prefix });
      const beforeJoin = upTo[from];
      if (beforeJoin) each(joined, beforeJoin, andInto);
      each(here, joined, orInto);
    }
    upTo.push(here);
  });
  const all = upTo[words.length];
  if (!all) throw new Error('Without words nothing can be corrected');
  return all;
}

function each(sets: WordSets, others: WordSets, operation: (bits: Bitset, other: Bitset) => void): void {
  operation(sets.inName, others.inName);
  operation(sets.inTags, others.inTags);
  operation(sets.anywhere, others.anywhere);
}

function setsOfWord(segment: Segment, pool: BitsetPool, { token, prefix }: Pick<Word, 'token' | 'prefix'>): WordSets {
  const [from, to] = termRange(segment, token, prefix);
  const inName = pool.take();
  addRows(inName, segment.inName, from, to);
  const hot = segment.hot.find((range) => range.from === from && range.to === to);
  const inTags = pool.copy(inName);
  if (hot) orInto(inTags, hot.inTags);
  else addTagged(inTags, segment, from, to);
  const anywhere = pool.copy(hot ? hot.anywhere : inTags);
  if (!hot) addRows(anywhere, segment.inText, from, to);
  return { inName, inTags, anywhere };
}

function addCorrections({ inName, inTags, anywhere }: WordSets, segment: Segment, pool: BitsetPool, { prefix, near, cuts }: Word): void {
  for (const other of near) {
    const [first, end] = termRange(segment, other, false);
    if (first === end) continue;
    addRows(inName, segment.inName, first, end);
    addTagged(inTags, segment, first, end);
    addRows(anywhere, segment.inText, first, end);
  }
  for (const [left, right] of cuts) {
    const both = pool.take();
    const second = pool.take();
    addNamed(both, segment, left, false);
    addNamed(second, segment, right, prefix);
    andInto(both, second);
    orInto(inName, both);
  }
  orInto(inTags, inName);
  orInto(anywhere, inTags);
}

function addNamed(bits: Bitset, segment: Segment, token: string, prefix: boolean): void {
  const [from, to] = termRange(segment, token, prefix);
  addRows(bits, segment.inName, from, to);
}
