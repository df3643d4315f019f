import { andNotInto, type Bitset, type BitsetPool } from '../segments/bitset';
import { type HotSet, type Segment, termRange } from '../segments/segment';
import type { FacetCounts } from './answers';
import type { SegmentMatch } from './segment-match';
import type { Word } from './words';

const FACET_KEYS = 12;
const FACET_VALUES = 12;
/** Keys that nobody narrows a search by. */
export const NO_FACETS: ReadonlySet<string> = new Set(['port']);

interface CountedTag {
  value: string;
  count: number;
}

/** Exact counts of the tags among all documents found, in all segments together. */
export function facetsOf(matches: readonly SegmentMatch[], pools: readonly BitsetPool[], words: readonly Word[], filtered: boolean): FacetCounts[] {
  const byKey = new Map<string, CountedTag[]>();
  matches.forEach((match, at) => {
    if (match.total === 0) return;
    const counts = tagCounts(match, pools[at]!, words, filtered);
    const { keys, values } = match.live.segment.tags;
    let key: string | undefined;
    let ofKey: CountedTag[] = [];
    for (let tag = 0; tag < counts.length; tag++) {
      if (counts[tag] === 0) continue;
      // Sorted by key: the tags of one stand together.
      if (keys[tag] !== key) {
        key = keys[tag]!;
        ofKey = byKey.get(key) ?? [];
        if (!NO_FACETS.has(key)) byKey.set(key, ofKey);
      }
      ofKey.push({ value: values[tag]!, count: counts[tag]! });
    }
  });
  const several = matches.length > 1;
  const weighed = [...byKey].map(([key, tags]) => ({ key, tags: several ? joined(tags) : tags, weight: tags.reduce((sum, { count }) => sum + count, 0) }));
  weighed.sort((a, b) => b.weight - a.weight || (a.key < b.key ? -1 : 1));
  return weighed.slice(0, FACET_KEYS).map(({ key, tags }) => ({ key, values: tags.sort(byCount).slice(0, FACET_VALUES) }));
}

const byCount = (a: CountedTag, b: CountedTag): number => b.count - a.count || (a.value < b.value ? -1 : 1);

/** The counts of a value in several segments as one. */
function joined(tags: readonly CountedTag[]): CountedTag[] {
  const counts = new Map<string, number>();
  for (const { value, count } of tags) counts.set(value, (counts.get(value) ?? 0) + count);
  return [...counts].map(([value, count]) => ({ value, count }));
}

/** Documents of each tag among those found, the cheapest way there is. */
function tagCounts(match: SegmentMatch, pool: BitsetPool, words: readonly Word[], filtered: boolean): Uint32Array {
  const { live, found, total } = match;
  const { segment } = live;
  if (match.everything) return live.tagCounts;
  const hot = !filtered && words.length === 1 && match.groups.length === 1 ? hotSetOf(segment, words[0]!) : undefined;
  if (hot) {
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
