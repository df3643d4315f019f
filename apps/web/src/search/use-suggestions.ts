import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { appsApi } from '../api/apps.api';
import { keys } from '../api/query-keys';
import { stillFits, type Suggestion } from './suggestion';

const LIMIT = 8;
const NONE: readonly Suggestion[] = [];

/**
 * Suggestions for the token being typed. Of those for the letters before, the ones that still fit stay until the new
 * ones are there: nothing is taken that is not what the letters say.
 */
export function useSuggestions(ask: string, wanted: boolean): readonly Suggestion[] {
  const { data, isPlaceholderData } = useQuery({
    queryKey: keys.suggestions(ask),
    queryFn: ({ signal }) => appsApi.suggest(ask, LIMIT, signal),
    enabled: wanted,
    placeholderData: keepPreviousData,
    retry: false,
  });
  return useMemo(() => {
    const items = data?.items ?? NONE;
    return isPlaceholderData ? items.filter((item) => stillFits(item, ask)) : items;
  }, [data, isPlaceholderData, ask]);
}
