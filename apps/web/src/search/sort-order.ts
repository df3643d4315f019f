import type { AppSort } from '@osiris/contracts';
import { useSearchParams } from 'react-router';

export const SORTS: readonly AppSort[] = ['relevance', 'popular', 'recent', 'name'];

/** The order that an address names. */
export function sortOf(params: URLSearchParams): AppSort {
  const given = params.get('sort') as AppSort;
  return SORTS.includes(given) ? given : 'relevance';
}

export function useSort(): AppSort {
  const [params] = useSearchParams();
  return sortOf(params);
}
