import type { Facet } from '@osiris/contracts';
import { keyRank, LAST_KEYS, tells } from './main-tags';

export interface RowTag {
  key: string;
  value: string;
}

/** More are asked for than are shown: some rows repeat others and are left out. */
const CANDIDATES = 10;
/** A key that splits the shelf in too many hands is taken by its biggest few values. */
const VALUES_OF_A_KEY = 3;
const TOO_LITTLE = new Set(LAST_KEYS.filter((key) => key !== 'genre' && key !== 'runtime'));

/**
 * Tags that could head a row: held by enough apps but not by nearly all. The biggest of each key first, keys that tell
 * what an app is before those that tell how it is made; then the second biggest of each, and so on.
 */
export function rowTags(facets: readonly Facet[], total: number): RowTag[] {
  const least = total >= 24 ? 4 : total >= 6 ? 3 : 2;
  const keys = [...facets].filter(({ key }) => !TOO_LITTLE.has(key)).sort((a, b) => keyRank(a.key) - keyRank(b.key));
  const rounds: RowTag[][] = Array.from({ length: VALUES_OF_A_KEY }, () => []);
  for (const { key, values } of keys) {
    const worth = values.filter(({ value, count }) => tells(value) && count >= least && count < total * 0.9);
    worth
      .sort((a, b) => b.count - a.count)
      .slice(0, VALUES_OF_A_KEY)
      .forEach(({ value }, round) => rounds[round]?.push({ key, value }));
  }
  return rounds.flat().slice(0, CANDIDATES);
}
