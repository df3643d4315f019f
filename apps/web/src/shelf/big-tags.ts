import type { SearchAppsResult } from '@osiris/contracts';
import { formatTag } from '../search/query-text';

const MOST_ROWS = 4;
const LEAST_APPS = 2;

/**
 * Tags worth a row of their own: held by some apps but not by all, the biggest first, one for each key so that the
 * rows differ in kind.
 */
export function bigTags(result: SearchAppsResult | undefined): string[] {
  if (!result) return [];
  return result.facets
    .flatMap(({ key, values }) => {
      const best = values.filter(({ count }) => count >= LEAST_APPS && count < result.total).sort((a, b) => b.count - a.count)[0];
      return best ? [{ text: formatTag(key, best.value), count: best.count }] : [];
    })
    .sort((a, b) => b.count - a.count)
    .slice(0, MOST_ROWS)
    .map(({ text }) => text);
}
