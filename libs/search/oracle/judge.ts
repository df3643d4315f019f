import type { SearchQuery } from '../src/query/search-query';
import { type Asked, isAsked } from './corrections';
import { holdsPhrase, type ReadDocument } from './read-document';

/** How well a document fits. */
export interface Fit {
  corrected: boolean;
  tier: number;
}

/**
 * @param apart neighbouring tokens also stand for the one that they make together
 * @returns null where the query does not find the document
 */
export function judge(read: ReadDocument, query: SearchQuery, asked: readonly Asked[], apart: boolean): Fit | null {
  if (!query.filters.every(({ key, value, negated }) => hasFiltered(read, key, value) !== negated)) return null;
  if (query.without.some((tokens) => holdsPhrase(read, tokens))) return null;
  if (query.texts.some(({ phrase, tokens }) => phrase && !holdsPhrase(read, tokens))) return null;
  if (asked.length === 0) return { corrected: false, tier: 0 };
  const tier = tierOf(read, asked, false, false);
  if (tier !== null) return { corrected: false, tier };
  const corrected = tierOf(read, asked, true, apart);
  return corrected === null ? null : { corrected: true, tier: corrected };
}

function hasFiltered({ document, owner, filters }: ReadDocument, key: string, value: string | null): boolean {
  if (key === 'status') return value === null || document.status === value;
  if (key === 'owner') return value === null || owner === value;
  return filters.some((tag) => tag.key === key && (value === null || tag.value === value));
}

const MOST_JOINED = 3;

function tierOf({ name, tags, all }: ReadDocument, asked: readonly Asked[], corrected: boolean, apart: boolean): number | null {
  const means = (one: Asked, token: string): boolean => isAsked(one, token) || (corrected && one.nearest.has(token));
  const isWhole = (one: Asked, token: string): boolean => token === one.token || (corrected && one.nearest.has(token));
  const cutIntoName = ({ cuts, prefix }: Asked): boolean =>
    corrected && cuts.some(([left, right]) => name.includes(left) && name.some((token) => isAsked({ token: right, prefix }, token)));
  const occurs = (one: Asked, tokens: readonly string[]): boolean => tokens.some((token) => means(one, token)) || cutIntoName(one);
  const joins = (some: readonly Asked[], tokens: readonly string[]): boolean =>
    apart && !some.some(({ phrase }) => phrase) && tokens.some((token) => isAsked({ token: joined(some), prefix: some.at(-1)!.prefix }, token));
  /** Whether the words from `at` on occur, each for itself or two or three as one. */
  const occursFrom = (at: number, tokens: readonly string[]): boolean => {
    if (at === asked.length) return true;
    if (occurs(asked[at]!, tokens) && occursFrom(at + 1, tokens)) return true;
    for (let length = 2; length <= MOST_JOINED && at + length <= asked.length; length++) {
      if (joins(asked.slice(at, at + length), tokens) && occursFrom(at + length, tokens)) return true;
    }
    return false;
  };
  if (asked.length > 1 && !asked.some(({ phrase }) => phrase) && name.length === 1 && name[0] === joined(asked)) return 0;
  if (!occursFrom(0, all)) return null;

  const begins = asked.length <= name.length && asked.every((one, at) => means(one, name[at]!));
  if (begins && asked.length === name.length && asked.every((one, at) => isWhole(one, name[at]!))) return 0;
  if (begins) return 1;
  if (occursFrom(0, name)) return 2;
  return occursFrom(0, [...name, ...tags.flat()]) ? 3 : 4;
}

const joined = (asked: readonly Asked[]): string => asked.map(({ token }) => token).join('');
