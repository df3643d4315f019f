import type { Facet } from '@osiris/contracts';
import { type Chip, formatTag } from './query-text';

export interface FacetValue {
  value: string;
  /** Undefined where the results have none of it any more. */
  count: number | undefined;
  taken: boolean;
}

export interface FacetGroup {
  key: string;
  values: FacetValue[];
}

/** Nobody narrows a search by these. */
const NOISE = new Set(['port']);

/**
 * The facets to show: what is taken stands first in its group, also where nothing is left to count of it. A key is left
 * out where each of its values is in all results: taking it would narrow nothing.
 */
export function facetGroups(facets: readonly Facet[], chips: readonly Chip[], total: number): FacetGroup[] {
  const taken = chips.filter(({ negated, value, key }) => !negated && value !== '*' && key !== 'sort');
  const isTaken = (key: string, value: string): boolean => taken.some((chip) => chip.key === key && chip.value.toLowerCase() === value.toLowerCase());
  return facets
    .filter(({ key }) => !NOISE.has(key))
    .map(({ key, values }) => {
      const counted = values.map(({ value, count }) => ({ value, count, taken: isTaken(key, value) }));
      const missing = taken.filter((chip) => chip.key === key && !values.some(({ value }) => value.toLowerCase() === chip.value.toLowerCase()));
      return {
        key,
        values: [...missing.map(({ value }) => ({ value, count: undefined, taken: true })), ...counted].sort((a, b) => Number(b.taken) - Number(a.taken)),
      };
    })
    .filter(({ values }) => values.some(({ count, taken: isTaken }) => isTaken || count !== total));
}

/** The chips with a value taken, or without it where it was. */
export function toggled(chips: readonly Chip[], key: string, value: string): Chip[] {
  const without = chips.filter((chip) => chip.negated || chip.key !== key || chip.value.toLowerCase() !== value.toLowerCase());
  return without.length < chips.length ? without : [...chips, { negated: false, key, value }];
}

export const facetName = (key: string, value: string): string => formatTag(key, value);
