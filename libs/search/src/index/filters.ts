import { type FilterClause, QueryError, type SearchQuery } from '../query/search-query';
import { andInto, andNotInto, type Bitset, type BitsetPool, scatter } from '../segments/bitset';
import { addRows } from '../segments/postings';
import { lowerBound, type Segment, tagRange } from '../segments/segment';
import type { LiveSegment } from '../segments/segment-state';
import { greatest } from './greatest';
import { keepPhrase, termsOf } from './phrases';
import { wordSets } from './word-sets';

/** Keys of filters that are no tags. */
const STATUS = 'status';
const OWNER = 'owner';
const KEYS_NAMED = 8;

/** @throws QueryError for a key that no app has */
export function checkKeys({ filters }: SearchQuery, segments: readonly LiveSegment[]): void {
  for (const { key, position } of filters) {
    if (key === STATUS || key === OWNER || segments.some((live) => countOfKey(live, key) > 0)) continue;
    const { named, more } = frequentKeys(segments);
    throw new QueryError(`No app has a tag with the key "${key}". ${named.length === 0 ? 'There are no tags yet' : `Keys in use are ${named.join(', ')}${more ? ', …' : ''}`}`, position);
  }
}

/** Those of the largest segment: enough to remind of what there is. */
function frequentKeys(segments: readonly LiveSegment[]): { named: string[]; more: boolean } {
  const [largest] = [...segments].sort((a, b) => b.living - a.living);
  if (!largest) return { named: [], more: false };
  const { keys, keyCounts } = largest;
  const named = greatest(keyCounts, KEYS_NAMED + 1, (a, b) => keyCounts[b]! - keyCounts[a]!).map((at) => keys[at]!);
  return { named: named.slice(0, KEYS_NAMED), more: named.length > KEYS_NAMED };
}

export function countOfKey({ keys, keyCounts }: LiveSegment, key: string): number {
  const at = lowerBound(keys, key);
  return keys[at] === key ? keyCounts[at]! : 0;
}

/** The living documents that all filters and exclusions let through. */
export function allowed(live: LiveSegment, pool: BitsetPool, { filters, without }: SearchQuery): Bitset {
  const mask = pool.copy(live.alive);
  for (const filter of filters) {
    const having = pool.take();
    addFiltered(having, live.segment, filter);
    if (filter.negated) andNotInto(mask, having);
    else andInto(mask, having);
  }
  for (const tokens of without) exclude(mask, live.segment, pool, tokens);
  return mask;
}

function addFiltered(bits: Bitset, segment: Segment, { key, value }: FilterClause): void {
  if (key === STATUS) {
    segment.states.forEach((state, at) => {
      if (value === null || state === value) addRows(bits, segment.documentsOfState, at, at + 1);
    });
    return;
  }
  if (key === OWNER) {
    const { owners, documentsOfOwner } = segment;
    // Every app has an owner: any of them lets all through.
    const at = value === null ? 0 : lowerBound(owners, value);
    const end = value === null ? owners.length : owners[at] === value ? at + 1 : at;
    scatter(bits, documentsOfOwner.values, documentsOfOwner.starts[at]!, documentsOfOwner.starts[end]!);
    return;
  }
  const [from, to] = tagRange(segment.tags, key, value);
  addRows(bits, segment.documentsOfTag, from, to);
}

function exclude(mask: Bitset, segment: Segment, pool: BitsetPool, tokens: readonly string[]): void {
  const terms = termsOf(segment, tokens);
  if (!terms) return;
  const words = tokens.map((token) => ({ token, prefix: false, near: [], cuts: [] }));
  const sets = wordSets(segment, pool, words);
  if (!sets) return;
  if (terms.length > 1) {
    andInto(sets.anywhere, mask);
    keepPhrase(sets.anywhere, segment, pool, terms);
  }
  andNotInto(mask, sets.anywhere);
}
