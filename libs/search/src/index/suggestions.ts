import { hasBit } from '../segments/bitset';
import { idOf } from '../segments/id-column';
import { lowerBound, lowerBoundWithin, type Segment, tagNumber, tagRange, termRange } from '../segments/segment';
import type { LiveSegment } from '../segments/segment-state';
import { foldText } from '../text/fold';
import { tokenize } from '../text/tokenize';
import type { Suggestion } from './answers';
import { NO_FACETS } from './facets';
import { countOfKey } from './filters';
import { greatest } from './greatest';

/** Of a list of suggestions, how many places app names are sure of. */
const APPS_SHARE = 1 / 4;
const MOST_APPS = 5;
/** So many more are asked of each segment than are wanted: a few that are great only in sum may be missed beyond. */
const ASKED_BESIDE = 32;

/** What a query understands in its own way is no tag to suggest. */
const isOwnWord = (key: string): boolean => key !== 'port' && NO_FACETS.has(key);

/** What may complete what is being typed: keys, then tags by their value, then apps by name; values alone once `key:` is typed. */
export function suggest(segments: readonly LiveSegment[], text: string, limit: number): Suggestion[] {
  const typed = foldText(text.trim().replace(/^-/, ''));
  const colon = typed.indexOf(':');
  if (colon !== -1) return matchingValues(segments, typed.slice(colon + 1).replace(/^"/, ''), typed.slice(0, colon), limit);
  const foundKeys = matchingKeys(segments, typed, limit);
  if (typed === '') return foundKeys;
  const foundApps = matchingApps(segments, typed, Math.min(limit, MOST_APPS));
  const sure = Math.min(foundApps.length, Math.ceil(limit * APPS_SHARE));
  const foundValues = matchingValues(segments, typed, null, Math.max(0, limit - foundKeys.length - sure));
  return [...foundKeys, ...foundValues, ...foundApps].slice(0, limit);
}

function matchingKeys(segments: readonly LiveSegment[], prefix: string, limit: number): Suggestion[] {
  const counts = new Map<string, number>();
  for (const { keys, keyCounts } of segments) {
    const from = lowerBound(keys, prefix);
    const to = lowerBound(keys, `${prefix}\uffff`);
    // The greatest of each, and all of them that another segment named: their counts add up.
    const some = greatest(keyCounts, limit + ASKED_BESIDE, (a, b) => keyCounts[b]! - keyCounts[a]!, from, to);
    for (const at of some) if (!isOwnWord(keys[at]!)) counts.set(keys[at]!, 0);
  }
  const found = [...counts.keys()].map((key): Suggestion => {
    const count = segments.reduce((sum, live) => sum + countOfKey(live, key), 0);
    return { kind: 'key', key, value: null, id: null, count };
  });
  return found.sort((a, b) => b.count - a.count || (a.key < b.key ? -1 : 1)).slice(0, limit);
}

function matchingValues(segments: readonly LiveSegment[], prefix: string, key: string | null, limit: number): Suggestion[] {
  const found = new Map<string, Suggestion>();
  for (const { segment, tagCounts } of segments) {
    for (const tag of key === null ? greatestByValue(segment, tagCounts, prefix, limit) : greatestOfKey(segment, tagCounts, key, prefix, limit)) {
      const [of, value] = [segment.tags.keys[tag]!, segment.tags.values[tag]!];
      if (!isOwnWord(of)) found.set(`${of}\0${value}`, { kind: 'value', key: of, value, id: null, count: 0 });
    }
  }
  for (const suggestion of found.values()) {
    const { key: of, value } = suggestion;
    const folded = foldText(value!);
    suggestion.count = segments.reduce((sum, { segment, tagCounts }) => sum + (tagCounts[tagNumber(segment.tags, of, folded, value!)] ?? 0), 0);
  }
  return [...found.values()].sort((a, b) => b.count - a.count || compareLabels(a, b)).slice(0, limit);
}

function greatestOfKey({ tags }: Segment, tagCounts: Uint32Array, key: string, prefix: string, limit: number): number[] {
  const [of, end] = tagRange(tags, key, null);
  const from = lowerBoundWithin(tags.folded, prefix, of, end);
  const to = lowerBoundWithin(tags.folded, `${prefix}\uffff`, from, end);
  const { values } = tags;
  return greatest(tagCounts, limit + ASKED_BESIDE, (a, b) => tagCounts[b]! - tagCounts[a]! || (values[a]! < values[b]! ? -1 : 1), from, to);
}

/** Of all keys: the tags in order of their values are one slice. */
function greatestByValue({ tags }: Segment, tagCounts: Uint32Array, prefix: string, limit: number): number[] {
  const { byValue, folded } = tags;
  const bound = (text: string): number => {
    let low = 0;
    let high = byValue.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (folded[byValue[middle]!]! < text) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  const slice = byValue.subarray(bound(prefix), bound(`${prefix}\uffff`));
  const counts = Uint32Array.from(slice, (tag) => tagCounts[tag]!);
  const label = (at: number): string => `${tags.keys[slice[at]!]!}:${tags.values[slice[at]!]!}`;
  return greatest(counts, limit + ASKED_BESIDE, (a, b) => counts[b]! - counts[a]! || (label(a) < label(b) ? -1 : 1)).map((at) => slice[at]!);
}

const compareLabels = (a: Suggestion, b: Suggestion): number => (`${a.key}:${a.value}` < `${b.key}:${b.value}` ? -1 : 1);

/** Apps whose name begins with the words typed, the most popular first. */
function matchingApps(segments: readonly LiveSegment[], typed: string, limit: number): Suggestion[] {
  const tokens = tokenize(typed);
  if (tokens.length === 0) return [];
  const found = segments.flatMap(({ segment, alive }) => {
    const ranges = tokens.map((token, at) => termRange(segment, token, at === tokens.length - 1));
    const [from, to] = ranges[0]!;
    // Numbers are ranks by popularity: the smallest are the best.
    const best: number[] = [];
    const { starts, values: begun } = segment.beginsName;
    for (let at = starts[from]!; at < starts[to]!; at++) {
      const document = begun[at]!;
      if (best.length === limit && document > best[limit - 1]!) continue;
      if (!hasBit(alive, document) || !nameContinues(segment, document, ranges)) continue;
      best.push(document);
      best.sort((a, b) => a - b);
      if (best.length > limit) best.pop();
    }
    return best.map((document) => ({ id: idOf(segment.ids, document), popularity: segment.popularity[document]! }));
  });
  found.sort((a, b) => b.popularity - a.popularity || (a.id < b.id ? -1 : 1));
  return found.slice(0, limit).map(({ id }) => ({ kind: 'app', key: '', value: null, id, count: 1 }));
}

function nameContinues({ names: { starts, values } }: Segment, document: number, ranges: readonly (readonly [number, number])[]): boolean {
  if (starts[document + 1]! - starts[document]! < ranges.length) return false;
  return ranges.every(([from, to], at) => {
    const term = values[starts[document]! + at]!;
    return term >= from && term < to;
  });
}
