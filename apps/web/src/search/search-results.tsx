import type { AppSort } from '@osiris/contracts';
import { useEffect, useLayoutEffect, useRef } from 'react';
import { ErrorMessage } from '../layout/message';
import { CardField } from './card-field';
import { CardGrid, GridSkeleton } from './card-grid';
import { Facets } from './facets';
import { MoreResults } from './more-results';
import { NothingFound } from './nothing-found';
import { isAboutQuery } from './query-problem';
import { ResultCount } from './result-count';
import { useResultsSession } from './search-session';
import styles from './search-results.module.css';
import { SortControl } from './sort-control';
import type { Results } from './use-results';

interface SearchResultsProps {
  results: Results;
  sort: AppSort;
}

export function SearchResults({ results, sort }: SearchResultsProps) {
  const { asked, tellShown } = useResultsSession();
  const { answer, query, pending } = results;

  useEffect(() => {
    if (!pending && query !== null) tellShown(query);
  }, [pending, query, tellShown]);
  useTopOfNewResults(query);

  return (
    <div className={styles.layout}>
      <h1 className="visually-hidden">Search results</h1>
      <Facets facets={answer?.facets} total={answer?.total ?? 0} query={results.foundBy} sort={sort} />
      <div className={styles.results} aria-busy={pending}>
        <div className={styles.head}>
          <ResultCount
            total={answer?.total}
            waitedMs={answer?.waitedMs}
            note={results.withoutLast || asked.partly ? 'for what is complete' : answer?.corrected ? 'similar spellings included' : ''}
            pending={pending}
          />
          <SortControl />
        </div>
        <ResultBody results={results} />
      </div>
    </div>
  );
}

/** Other words, other results: they begin at their first, wherever one was in those before. */
function useTopOfNewResults(query: string | null): void {
  const before = useRef(query);
  useLayoutEffect(() => {
    if (before.current !== null && query !== null && before.current !== query) window.scrollTo(0, 0);
    before.current = query;
  }, [query]);
}

function ResultBody({ results }: { results: Results }) {
  const { apps, answer, error, source } = results;
  // A page further on, or the same once more, that could not be had takes nothing away that is shown.
  const failed = error !== null && source.data === undefined;
  // Beside the box it is told what is wrong with a query: asking the same words again would not make them understood.
  if (failed && !isAboutQuery(error)) return <ErrorMessage title="The search failed" error={error} onRetry={() => void source.refetch()} />;
  if (!apps || !answer) return failed ? <NothingFound /> : <GridSkeleton />;
  if (apps.length === 0) return <NothingFound />;
  return (
    <CardField>
      <h2 className="visually-hidden">Apps</h2>
      {source.hasPreviousPage && <EarlierResults results={results} />}
      <CardGrid apps={apps} first={results.first} total={answer.total} />
      <MoreResults source={source} />
    </CardField>
  );
}

/** Scrolled back to results that are not held any more: they are asked for again, page by page. */
function EarlierResults({ results: { source, first } }: { results: Results }) {
  const { isFetching, isFetchPreviousPageError, fetchPreviousPage } = source;
  useEffect(() => {
    if (isFetching) return;
    const look = (): void => {
      // A skeleton is near where a card should be seen.
      const gaps = document.querySelectorAll('[data-skeleton]');
      const last = gaps[gaps.length - 1]?.getBoundingClientRect();
      if (last && last.bottom > -window.innerHeight) void fetchPreviousPage();
    };
    // One that could not be had is asked for again by going on scrolling, not over and over.
    if (!isFetchPreviousPageError) look();
    window.addEventListener('scroll', look, { passive: true });
    return () => window.removeEventListener('scroll', look);
  }, [isFetching, isFetchPreviousPageError, first, fetchPreviousPage]);
  return null;
}
