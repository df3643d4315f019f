import { useEffect, useRef } from 'react';
import type { ResultsQuery } from './results-query';
import styles from './search-results.module.css';

/** How far below what is seen the next page is asked for. */
const AHEAD = '900px';

/** The end of the cards held: coming near it brings the next page, and so does pressing it. */
export function MoreResults({ source }: { source: ResultsQuery }) {
  const button = useRef<HTMLButtonElement>(null);
  const { hasNextPage, isFetching, isFetchNextPageError, fetchNextPage } = source;
  const waiting = hasNextPage && !isFetching && !isFetchNextPageError;

  useEffect(() => {
    if (!waiting || !button.current) return;
    const watch = new IntersectionObserver(
      // Of a page that was busy it may tell several things at once: the last is how it is now.
      (entries) => {
        if (entries.at(-1)?.isIntersecting) void fetchNextPage();
      },
      { rootMargin: `0px 0px ${AHEAD} 0px` },
    );
    watch.observe(button.current);
    return () => watch.disconnect();
  }, [waiting, fetchNextPage]);

  if (!hasNextPage) return null;
  return (
    <button ref={button} type="button" className={styles.more} aria-disabled={isFetching} onClick={() => !isFetching && void fetchNextPage()}>
      {isFetchNextPageError ? 'The next ones could not be had. Try again' : 'Show more'}
    </button>
  );
}
