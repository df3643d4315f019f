import { useRef } from 'react';
import { useSearchParams } from 'react-router';
import { usePageTitle } from '../layout/use-page-title';
import { SearchResults } from '../search/search-results';
import { useResultsSession } from '../search/search-session';
import { sortOf } from '../search/sort-order';
import { useResults } from '../search/use-results';
import { Shelf } from './shelf';

/** The shelf; or, with words in the box, what they find. */
export function HomePage() {
  const [params] = useSearchParams();
  const { asked } = useResultsSession();
  // “All” of the shelf is a search for nothing in a given order.
  const searching = asked.query !== '' || params.has('sort');
  const sort = sortOf(params);
  const results = useResults(asked, sort, searching);
  usePageTitle(asked.query);

  // The shelf stays until the first results are there: nothing flickers under the first letter.
  const onShelf = useRef(!searching);
  const waiting = onShelf.current && results.apps === undefined && results.error === null;
  onShelf.current = !searching || waiting;
  return onShelf.current ? <Shelf /> : <SearchResults results={results} sort={sort} />;
}
