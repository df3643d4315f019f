import { hasBit } from '../segments/bitset';
import { idOf } from '../segments/id-column';
import { FIELDS, lowerBound, NAME, type Segment, termRange } from '../segments/segment';
import type { LiveSegment } from '../segments/segment-state';
import { foldText } from '../text/fold';
import { tokenize } from '../text/tokenize';
import type { Suggestion } from './answers';

/** Of a list of suggestions, how many places app names are sure of. */
const APPS_SHARE = 1 / 4;
const MOST_APPS = 5;

/** What may complete what is being typed: keys, then tags by their value, then apps by name; values alone once `key:` is typed. */
export function suggest(segments: readonly LiveSegment[], text: string, limit: number): Suggestion[] {
  const typed = foldText(text.trim().replace(/^-/, ''));
  const colon = typed.indexOf(':');
  if (colon !== -1) return values(segments, typed.slice(colon + 1).replace(/^"/, ''), typed.slice(0, colon)).slice(0, limit);
  const foundKeys = keys(segments, typed).slice(0, limit);
  if (typed === '') return foundKeys;
  const foundApps = apps(segments, typed, Math.min(limit, MOST_APPS));
  const sure = Math.min(foundApps.length, Math.ceil(limit * APPS_SHARE));
  const foundValues = values(segments, typed, null).slice(0, Math.max(0, limit - foundKeys.length - sure));
  return [...foundKeys, ...foundValues, ...foundApps].slice(0, limit);
}

function keys(segments: readonly LiveSegment[], prefix: string): Suggestion[] {
  const counts = new Map<string, number>();
  for (const live of segments) {
    for (let at = lowerBound(live.keys, prefix); at < live.keys.length && live.keys[at]!.startsWith(prefix); at++) {
      counts.set(live.keys[at]!, (counts.get(live.keys[at]!) ?? 0) + live.keyCounts[at]!);
    }
  }
  const found = [...counts].filter(([, count]) => count > 0).map(([key, count]): Suggestion => ({ kind: 'key', key, value: null, id: null, count }));
  return found.sort((a, b) => b.count - a.count || (a.key < b.key ? -1 : 1));
}

function values(segments: readonly LiveSegment[], prefix: string, key: string | null): Suggestion[] {
  const counts = new Map<string, Suggestion>();
  for (const { segment, tagCounts } of segments) {
    const { tags } = segment;
    const [from, to] = key === null ? [0, tags.keys.length] : [lowerBound(tags.keys, key), lowerBound(tags.keys, `${key}\0`)];
    for (let tag = from; tag < to; tag++) {
      const count = tagCounts[tag]!;
      if (count === 0 || !tags.folded[tag]!.startsWith(prefix)) continue;
      const [of, value] = [tags.keys[tag]!, tags.values[tag]!];
      const known = counts.get(`${of}\0${value}`);
      if (known) known.count += count;
      else counts.set(`${of}\0${value}`, { kind: 'value', key: of, value, id: null, count });
    }
  }
  const label = ({ key: of, value }: Suggestion): string => `${of}:${value}`;
  return [...counts.values()].sort((a, b) => b.count - a.count || (label(a) < label(b) ? -1 : 1));
}

/** Apps whose name begins with the words typed, the most popular first. */
function apps(segments: readonly LiveSegment[], typed: string, limit: number): Suggestion[] {
  const tokens = tokenize(typed);
  if (tokens.length === 0) return [];
  const found = segments.flatMap(({ segment, alive }) => {
    const ranges = tokens.map((token, at) => termRange(segment, token, at === tokens.length - 1));
    const [from, to] = ranges[0]!;
    const documents: number[] = [];
    const { starts, values: begun } = segment.beginsName;
    for (let at = starts[from]!; at < starts[to]!; at++) {
      const document = begun[at]!;
      if (hasBit(alive, document) && nameContinues(segment, document, ranges)) documents.push(document);
    }
    // Numbers are ranks by popularity.
    documents.sort((a, b) => a - b);
    return documents.slice(0, limit).map((document) => ({ id: idOf(segment.ids, document), popularity: segment.popularity[document]! }));
  });
  found.sort((a, b) => b.popularity - a.popularity || (a.id < b.id ? -1 : 1));
  return found.slice(0, limit).map(({ id }) => ({ kind: 'app', key: '', value: null, id, count: 1 }));
}

function nameContinues({ words: { starts, values } }: Segment, document: number, ranges: readonly (readonly [number, number])[]): boolean {
  const row = document * FIELDS.length + NAME;
  if (starts[row + 1]! - starts[row]! < ranges.length) return false;
  return ranges.every(([from, to], at) => {
    const term = values[starts[row]! + at]!;
    return term >= from && term < to;
  });
}
