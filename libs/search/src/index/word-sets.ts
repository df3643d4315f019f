import { andInto, type Bitset, type BitsetPool, orInto, scatter } from '../segments/bitset';
import { addTagged } from '../segments/hot-sets';
import { type Segment, termRange } from '../segments/segment';
import type { Word } from './words';

/** Documents where all words occur: in the name; in name or tags; anywhere. Each set holds the one before. */
export interface WordSets {
  inName: Bitset;
  inTags: Bitset;
  anywhere: Bitset;
}

/**
 * @param corrected with what the words stand for besides themselves
 * @returns null where the words hold nothing back: there are none
 */
export function wordSets(segment: Segment, pool: BitsetPool, words: readonly Word[], corrected: boolean): WordSets | null {
  let all: WordSets | null = null;
  for (const word of words) {
    const one = setsOfWord(segment, pool, word, corrected);
    if (!all) {
      all = one;
      continue;
    }
    andInto(all.inName, one.inName);
    andInto(all.inTags, one.inTags);
    andInto(all.anywhere, one.anywhere);
  }
  return all;
}

function setsOfWord(segment: Segment, pool: BitsetPool, { token, prefix, near, cuts }: Word, corrected: boolean): WordSets {
  const [from, to] = termRange(segment, token, prefix);
  const inName = pool.take();
  scatter(inName, segment.inName.values, segment.inName.starts[from]!, segment.inName.starts[to]!);
  const hot = segment.hot.find((range) => range.from === from && range.to === to);
  const inTags = pool.copy(inName);
  if (hot) orInto(inTags, hot.inTags);
  else addTagged(inTags, segment, from, to);
  const anywhere = pool.copy(hot ? hot.anywhere : inTags);
  if (!hot) scatter(anywhere, segment.inText.values, segment.inText.starts[from]!, segment.inText.starts[to]!);
  if (!corrected) return { inName, inTags, anywhere };

  for (const other of near) {
    const [first, end] = termRange(segment, other, false);
    if (first === end) continue;
    scatter(inName, segment.inName.values, segment.inName.starts[first]!, segment.inName.starts[end]!);
    addTagged(inTags, segment, first, end);
    scatter(anywhere, segment.inText.values, segment.inText.starts[first]!, segment.inText.starts[end]!);
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
  return { inName, inTags, anywhere };
}

function addNamed(bits: Bitset, segment: Segment, token: string, prefix: boolean): void {
  const [from, to] = termRange(segment, token, prefix);
  scatter(bits, segment.inName.values, segment.inName.starts[from]!, segment.inName.starts[to]!);
}
