import type { AppSort, SearchAppsResult } from '@osiris/contracts';
import { type InfiniteData, useInfiniteQuery } from '@tanstack/react-query';
import { appsApi } from '../api/apps.api';
import type { ApiError } from '../api/api-error';
import { keys } from '../api/query-keys';
import { looksLikeRepository } from './query-text';

export const PAGE_SIZE = 24;
/** More are not held: those left behind are asked for again when one scrolls back to them. */
const PAGES_HELD = 6;

/** Where a page is: cursors lead forward only, so each knows the one it was come from. */
interface PageParam {
  /** Of its first app among all results. */
  index: number;
  cursor: string | undefined;
  before: PageParam | null;
}

export interface ResultPage extends SearchAppsResult {
  /** Milliseconds from asking to the answer, by the page's clock. */
  waitedMs: number;
}
export type ResultPages = InfiniteData<ResultPage, PageParam>;

/** An address is no query language: it is looked for as it stands, and found or offered for registering. */
const toAsk = (query: string): string => (looksLikeRepository(query) ? JSON.stringify(query.trim()) : query);

async function ask(query: string, sort: AppSort, { cursor }: PageParam, signal: AbortSignal): Promise<ResultPage> {
  const since = Date.now();
  const page = await appsApi.search({ q: toAsk(query), sort, limit: PAGE_SIZE }, cursor, signal);
  return { ...page, waitedMs: Date.now() - since };
}

/** The results of one query. A newer query calls the one before off. */
export function useResultsQuery(query: string, sort: AppSort, enabled = true) {
  return useInfiniteQuery<ResultPage, ApiError, ResultPages, readonly unknown[], PageParam>({
    queryKey: keys.search(query, sort, PAGE_SIZE),
    queryFn: ({ pageParam, signal }) => ask(query, sort, pageParam, signal),
    initialPageParam: { index: 0, cursor: undefined, before: null },
    getNextPageParam: ({ nextCursor }, _pages, at) =>
      nextCursor === null ? undefined : { index: at.index + PAGE_SIZE, cursor: nextCursor, before: at },
    getPreviousPageParam: (_page, _pages, at) => at.before ?? undefined,
    maxPages: PAGES_HELD,
    enabled,
  });
}

export type ResultsQuery = ReturnType<typeof useResultsQuery>;
