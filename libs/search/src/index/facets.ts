import { andNotInto, type Bitset, type BitsetPool } from '../segments/bitset';
import { type HotSet, lowerBound, type Segment, tagRange, termRange } from '../segments/segment';
import type { LiveSegment } from '../segments/segment-state';
import type { FacetCounts } from './answers';
import { greatest } from './greatest';
import type { SegmentMatch } from './segment-match';
import type { Word } from './words';

const FACET_KEYS = 12;
const FACET_VALUES = 12;
/** Keys that nobody narrows a search by, and those that a query understands otherwise. */
export const NO_FACETS: ReadonlySet<string> = new Set(['port', 'status', 'owner', 'sort']);

interface CountedTag {
  value: string;
  count: number;
}

/** Exact counts of the tags among all documents found, in all segments together. */
export function facetsOf(matches: readonly SegmentMatch[], pools: readonly BitsetPool[], words: readonly Word[], filtered: boolean): FacetCounts[] {
  const [largest] = [...matches].sort((a, b) => b.live.segment.documents - a.live.segment.documents);
  if (!largest) return [];
  const countsIn = (match: SegmentMatch): Uint32Array => tagCounts(match, pools[matches.indexOf(match)]!, words, filtered);
  const counts = countsIn(largest).slice();
  // What the largest segment does not know stands beside it, by key.
  const beside = new Map<string, Map<string, number>>();
  for (const match of matches) if (match !== largest && match.total > 0) addCounts(counts, beside, largest.live, match.live, countsIn(match));
  return greatestKeys(largest.live, counts, beside).map((key) => ({ key, values: greatestValues(largest.live, counts, beside.get(key), key) }));
}

function addCounts(counts: Uint32Array, beside: Map<string, Map<string, number>>, largest: LiveSegment, live: LiveSegment, added: Uint32Array): void {
  const there = live.tagsIn(largest);
  const { keys, values } = live.segment.tags;
  for (let tag = 0; tag < added.length; tag++) {
    if (added[tag] === 0) continue;
    if (there[tag] !== -1) {
      counts[there[tag]!]! += added[tag]!;
      continue;
    }
    let ofKey = beside.get(keys[tag]!);
    if (!ofKey) beside.set(keys[tag]!, (ofKey = new Map()));
    ofKey.set(values[tag]!, (ofKey.get(values[tag]!) ?? 0) + added[tag]!);
  }
}

function greatestKeys({ keys, keyOfTag }: LiveSegment, counts: Uint32Array, beside: ReadonlyMap<string, ReadonlyMap<string, number>>): string[] {
  const weights = new Uint32Array(keys.length);
  for (let tag = 0; tag < counts.length; tag++) weights[keyOfTag[tag]!]! += counts[tag]!;
  const others = new Map<string, number>();
  for (const [key, values] of beside) {
    const weight = [...values.values()].reduce((sum, count) => sum + count, 0);
    const at = lowerBound(keys, key);
    if (keys[at] === key) weights[at]! += weight;
    else others.set(key, weight);
  }
  for (const key of NO_FACETS) {
    const at = lowerBound(keys, key);
    if (keys[at] === key) weights[at] = 0;
    others.delete(key);
  }
  const known = greatest(weights, FACET_KEYS, (a, b) => weights[b]! - weights[a]!).map((at) => ({ key: keys[at]!, weight: weights[at]! }));
  const all = [...known, ...[...others].map(([key, weight]) => ({ key, weight }))];
  all.sort((a, b) => b.weight - a.weight || (a.key < b.key ? -1 : 1));
  return all.slice(0, FACET_KEYS).map(({ key }) => key);
}

function greatestValues({ segment: { tags } }: LiveSegment, counts: Uint32Array, beside: ReadonlyMap<string, number> | undefined, key: string): CountedTag[] {
  const { values } = tags;
  const [from, to] = tagRange(tags, key, null);
  const known = greatest(counts, FACET_VALUES, (a, b) => counts[b]! - counts[a]! || (values[a]! < values[b]! ? -1 : 1), from, to);
  const all = [...known.map((tag) => ({ value: values[tag]!, count: counts[tag]! })), ...[...(beside ?? [])].map(([value, count]) => ({ value, count }))];
  all.sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
  return all.slice(0, FACET_VALUES);
}

/** Documents of each tag among those found, the cheapest way there is. */
function tagCounts(match: SegmentMatch, pool: BitsetPool, words: readonly Word[], filtered: boolean): Uint32Array {
  const { live, found, total } = match;
  const { segment } = live;
  if (match.everything) return live.tagCounts;
  const hot = !filtered && words.length === 1 && match.groups.length === 1 ? hotSetOf(segment, words[0]!) : undefined;
  if (hot?.tagCounts) {
    const counts = hot.tagCounts.slice();
    if (live.dead === 0) return counts;
    const gone = pool.copy(hot.anywhere);
    andNotInto(gone, live.alive);
    return count(segment, gone, counts, -1);
  }
  if (total * 2 <= live.living) return count(segment, found, new Uint32Array(live.tagCounts.length), 1);
  // More than half: those left out are fewer.
  const rest = pool.copy(live.alive);
  andNotInto(rest, found);
  return count(segment, rest, live.tagCounts.slice(), -1);
}

function hotSetOf(segment: Segment, { token, prefix }: Word): HotSet | undefined {
  const [from, to] = termRange(segment, token, prefix);
  return segment.hot.find((range) => range.from === from && range.to === to);
}

/** The hot loop of a search: some six tags for each of up to half of all documents. Written out, a call for each costs a third more. */
function count({ tagsOf: { starts, values } }: Segment, bits: Bitset, counts: Uint32Array, by: 1 | -1): Uint32Array {
  for (let index = 0; index < bits.length; index++) {
    let word = bits[index]!;
    while (word !== 0) {
      const document = (index << 5) + 31 - Math.clz32(word & -word);
      word &= word - 1;
      const end = starts[document + 1]!;
      for (let at = starts[document]!; at < end; at++) counts[values[at]!]! += by;
    }
  }
  return counts;
}
