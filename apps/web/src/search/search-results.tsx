import type { AppSort, FoundApp, SearchAppsResult } from '@osiris/contracts';
import { type InfiniteData, keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { Link, useSearchParams } from 'react-router';
import { appsApi } from '../api/apps.api';
import type { ApiError } from '../api/api-error';
import { keys } from '../api/query-keys';
import { ErrorMessage, Message } from '../layout/message';
import { AppCard } from '../shelf/app-card';
import { CardSkeleton } from '../shelf/card-skeleton';
import { CardField } from './card-field';
import { Facets } from './facets';
import { looksLikeRepository, parseQuery } from './query-text';
import { ResultCount } from './result-count';
import styles from './search-results.module.css';

const PAGE = 24;
const SORTS: readonly AppSort[] = ['relevance', 'popular', 'recent', 'name'];

function useResults(query: string, sort: AppSort) {
  return useInfiniteQuery<SearchAppsResult, ApiError, InfiniteData<SearchAppsResult>, readonly unknown[], string | undefined>({
    queryKey: keys.search(query, sort, PAGE),
    queryFn: ({ pageParam, signal }) => appsApi.search({ q: query, sort, limit: PAGE }, pageParam, signal),
    initialPageParam: undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  });
}

export function SearchResults({ query }: { query: string }) {
  const [params, setParams] = useSearchParams();
  const given = params.get('sort') as AppSort;
  const sort = SORTS.includes(given) ? given : 'relevance';
  const results = useResults(query, sort);
  const first = results.data?.pages[0];
  const setSort = (next: string): void =>
    setParams((known) => {
      known.set('sort', next);
      return known;
    });

  return (
    <div className={styles.layout}>
      <h1 className="visually-hidden">Search results</h1>
      <Facets facets={first?.facets} parts={parseQuery(query)} />
      <div className={styles.results}>
        <div className={styles.head}>
          {results.isError ? <span /> : <ResultCount query={query} total={results.isPlaceholderData ? undefined : first?.total} tookMs={first?.tookMs} />}
          <label>
            Sort{' '}
            <select value={sort} onChange={(event) => setSort(event.target.value)}>
              {SORTS.map((one) => (
                <option key={one}>{one}</option>
              ))}
            </select>
          </label>
        </div>
        <ResultBody results={results} query={query} />
      </div>
    </div>
  );
}

function ResultBody({ results, query }: { results: ReturnType<typeof useResults>; query: string }) {
  if (results.isError) {
    // Asking the same words again would not make them understood.
    return results.error.code === 'QUERY_INVALID' ? (
      <ErrorMessage title="The search cannot be understood" error={results.error} />
    ) : (
      <ErrorMessage title="The search failed" error={results.error} onRetry={() => void results.refetch()} />
    );
  }
  const apps = results.data?.pages.flatMap((page) => page.items);
  if (apps?.length === 0) return <NothingFound query={query} />;
  return (
    <CardField>
      <h2 className="visually-hidden">Apps</h2>
      <CardGrid apps={apps} />
      {results.hasNextPage && (
        <button type="button" className={styles.more} disabled={results.isFetchingNextPage} onClick={() => void results.fetchNextPage()}>
          {results.isFetchingNextPage ? 'Loading…' : 'Show more'}
        </button>
      )}
    </CardField>
  );
}

function CardGrid({ apps }: { apps: FoundApp[] | undefined }) {
  return (
    <ul className={styles.grid} aria-busy={apps === undefined} aria-label="Apps found">
      {apps
        ? apps.map((app) => (
            <li key={app.id}>
              <AppCard app={app} />
            </li>
          ))
        : Array.from({ length: 8 }, (_, index) => (
            <li key={index}>
              <CardSkeleton />
            </li>
          ))}
    </ul>
  );
}

function NothingFound({ query }: { query: string }) {
  const { chips } = parseQuery(query);
  return (
    <Message title="Nothing on the shelf matches">
      <p>
        {chips.length > 0
          ? 'Take a tag away (Backspace in the box takes the last one apart), or try fewer letters.'
          : 'Try fewer letters, or a tag: type the beginning of its key, like “lang”.'}
      </p>
      <p>Not here yet? Any git repository with a Dockerfile can be registered.</p>
      {looksLikeRepository(query) && <Link to={`/register?${new URLSearchParams({ url: query })}`}>Register this address</Link>}
    </Message>
  );
}
