import type { TagSuggestion } from '@osiris/contracts';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { appsApi } from '../api/apps.api';
import { keys } from '../api/query-keys';

const LIMIT = 8;
const NONE: readonly TagSuggestion[] = [];

/** Suggestions for the token being typed. Those for the letters before stay until the new ones are there. */
export function useSuggestions(ask: string, wanted: boolean): readonly TagSuggestion[] {
  const { data } = useQuery({
    queryKey: keys.suggestions(ask),
    queryFn: ({ signal }) => appsApi.suggest(ask, LIMIT, signal),
    enabled: wanted,
    placeholderData: keepPreviousData,
    retry: false,
  });
  return data?.items ?? NONE;
}
