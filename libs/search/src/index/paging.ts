import type { Sort } from '../document';
import { type Bitset, hasBit } from '../segments/bitset';
import { idOf } from '../segments/id-column';
import { nameOf, type Segment } from '../segments/segment';
import type { Position } from './answers';
import type { SegmentMatch } from './segment-match';

/** A document on a page, with all that its place in the order depends on. */
export interface Ranked {
  segment: Segment;
  document: number;
  /** Group and tier; both 0 where the order knows none. */
  group: number;
  tier: number;
}

/** The first `count` documents after a position, in order, of each segment; put together and cut by the caller. */
export function firstOf(match: SegmentMatch, sort: Sort, count: number, after: Position | undefined): Ranked[] {
  switch (sort) {
    case 'relevance':
      return byRelevance(match, count, after);
    case 'popular': {
      const from = after ? placeAfter(match.live.segment, byPopularity(after.key[0] as number, after.id)) : 0;
      return take(match, match.found, null, from, count, 0, 0);
    }
    case 'recent':
    case 'name':
      return byPlace(match, sort, count, after);
  }
}

export function compareRanked(sort: Sort): (a: Ranked, b: Ranked) => number {
  const byId = (a: Ranked, b: Ranked): number => (idOf(a.segment.ids, a.document) < idOf(b.segment.ids, b.document) ? -1 : 1);
  const popularity = ({ segment, document }: Ranked): number => segment.popularity[document]!;
  switch (sort) {
    case 'relevance':
      return (a, b) => a.group - b.group || a.tier - b.tier || popularity(b) - popularity(a) || byId(a, b);
    case 'popular':
      return (a, b) => popularity(b) - popularity(a) || byId(a, b);
    case 'recent':
      return (a, b) => b.segment.createdAt[b.document]! - a.segment.createdAt[a.document]! || byId(a, b);
    case 'name':
      return (a, b) => {
        const [one, other] = [nameOf(a.segment, a.document), nameOf(b.segment, b.document)];
        return one < other ? -1 : one > other ? 1 : byId(a, b);
      };
  }
}

export function positionOf(sort: Sort, { segment, document, group, tier }: Ranked): Position {
  const id = idOf(segment.ids, document);
  switch (sort) {
    case 'relevance':
      return { key: [group, tier, segment.popularity[document]!], id };
    case 'popular':
      return { key: [segment.popularity[document]!], id };
    case 'recent':
      return { key: [segment.createdAt[document]!], id };
    case 'name':
      return { key: [nameOf(segment, document)], id };
  }
}

function byRelevance(match: SegmentMatch, count: number, after: Position | undefined): Ranked[] {
  const [afterGroup, afterTier, afterPopularity] = (after?.key ?? [0, 0, 0]) as number[];
  const ranked: Ranked[] = [];
  match.groups.forEach((tiers, group) => {
    const within = tiers[tiers.length - 1]!;
    tiers.forEach((tier, at) => {
      if (ranked.length >= count) return;
      let from = 0;
      if (after) {
        if (group < afterGroup! || (group === afterGroup && at < afterTier!)) return;
        if (group === afterGroup && at === afterTier) from = placeAfter(match.live.segment, byPopularity(afterPopularity!, after.id));
      }
      ranked.push(...take(match, within, { these: tier, notThese: tiers[at - 1] }, from, count - ranked.length, group, at));
    });
  });
  return ranked;
}

interface Tier {
  these: Bitset;
  notThese: Bitset | undefined;
}

/** Documents in ascending order, from `from` on: that is, the most popular first. */
function take({ live }: SegmentMatch, within: Bitset, tier: Tier | null, from: number, count: number, group: number, at: number): Ranked[] {
  const ranked: Ranked[] = [];
  for (let index = from >>> 5; index < within.length; index++) {
    let word = within[index]!;
    if (tier) word &= tier.these[index]! & ~(tier.notThese?.[index] ?? 0);
    if (index === from >>> 5) word &= -1 << (from & 31);
    while (word !== 0) {
      const lowest = word & -word;
      ranked.push({ segment: live.segment, document: (index << 5) + 31 - Math.clz32(lowest), group, tier: at });
      if (ranked.length === count) return ranked;
      word ^= lowest;
    }
  }
  return ranked;
}

/** Fewer hits than this share of all are put into order; with more, walking the order meets them soon. */
const FEW_SHARE = 1 / 64;

function byPlace({ live, found, total }: SegmentMatch, sort: 'recent' | 'name', count: number, after: Position | undefined): Ranked[] {
  const { segment } = live;
  const [order, places] = sort === 'name' ? [segment.byName, segment.placeByName] : [segment.byCreation, segment.placeByCreation];
  const from = after ? placeAfter(segment, (sort === 'name' ? byName : byCreation)(after), order) : 0;
  const documents: number[] = [];
  if (total < segment.documents * FEW_SHARE) {
    const hits: number[] = [];
    for (let index = 0; index < found.length; index++) {
      for (let word = found[index]!; word !== 0; word &= word - 1) {
        const place = places[(index << 5) + 31 - Math.clz32(word & -word)]!;
        if (place >= from) hits.push(place);
      }
    }
    hits.sort((a, b) => a - b);
    for (const place of hits.slice(0, count)) documents.push(order[place]!);
  } else {
    for (let place = from; place < order.length && documents.length < count; place++) if (hasBit(found, order[place]!)) documents.push(order[place]!);
  }
  return documents.map((document) => ({ segment, document, group: 0, tier: 0 }));
}

type Beyond = (segment: Segment, document: number) => boolean;

const byPopularity =
  (popularity: number, id: string): Beyond =>
  (segment, document) =>
    segment.popularity[document]! < popularity || (segment.popularity[document] === popularity && idOf(segment.ids, document) > id);

const byCreation =
  (after: Position): Beyond =>
  (segment, document) => {
    const at = segment.createdAt[document]!;
    return at < (after.key[0] as number) || (at === after.key[0] && idOf(segment.ids, document) > after.id);
  };

const byName =
  (after: Position): Beyond =>
  (segment, document) => {
    const name = nameOf(segment, document);
    return name > (after.key[0] as string) || (name === after.key[0] && idOf(segment.ids, document) > after.id);
  };

/** The first place in an order (none: that of the documents' numbers) whose document lies beyond. */
function placeAfter(segment: Segment, beyond: Beyond, order?: Uint32Array): number {
  let low = 0;
  let high = segment.documents;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (beyond(segment, order ? order[middle]! : middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
