import type { SearchQuery } from '../src/query/search-query';
import { type Asked, isAsked } from './corrections';
import { holdsPhrase, type ReadDocument } from './read-document';

/** How well a document fits. */
export interface Fit {
  corrected: boolean;
  tier: number;
}

/** @returns null where the query does not find the document */
export function judge(read: ReadDocument, query: SearchQuery, asked: readonly Asked[]): Fit | null {
  if (!query.filters.every(({ key, value, negated }) => hasFiltered(read, key, value) !== negated)) return null;
  if (query.without.some((tokens) => holdsPhrase(read, tokens))) return null;
  if (query.texts.some(({ phrase, tokens }) => phrase && !holdsPhrase(read, tokens))) return null;
  if (asked.length === 0) return { corrected: false, tier: 0 };
  const tier = tierOf(read, asked, false);
  if (tier !== null) return { corrected: false, tier };
  const corrected = tierOf(read, asked, true);
  return corrected === null ? null : { corrected: true, tier: corrected };
}

function hasFiltered({ document, owner, filters }: ReadDocument, key: string, value: string | null): boolean {
  if (key === 'status') return value === null || document.status === value;
  if (key === 'owner') return value === null || owner === value;
  return filters.some((tag) => tag.key === key && (value === null || tag.value === value));
}

function tierOf({ name, tags, all }: ReadDocument, asked: readonly Asked[], corrected: boolean): number | null {
  const means = (one: Asked, token: string): boolean => isAsked(one, token) || (corrected && one.nearest.has(token));
  const isWhole = (one: Asked, token: string): boolean => token === one.token || (corrected && one.nearest.has(token));
  const cutIntoName = ({ cuts, prefix }: Asked): boolean =>
    corrected && cuts.some(([left, right]) => name.includes(left) && name.some((token) => isAsked({ token: right, prefix }, token)));
  const occursIn = (tokens: readonly string[]) => (one: Asked) => tokens.some((token) => means(one, token)) || cutIntoName(one);
  if (!asked.every(occursIn(all))) return null;

  const begins = asked.length <= name.length && asked.every((one, at) => means(one, name[at]!));
  if (begins && asked.length === name.length && asked.every((one, at) => isWhole(one, name[at]!))) return 0;
  if (begins) return 1;
  if (asked.every(occursIn(name))) return 2;
  return asked.every(occursIn([...name, ...tags.flat()])) ? 3 : 4;
}
