import { useSearchParams } from 'react-router';
import { usePageTitle } from '../layout/use-page-title';
import { SearchResults } from '../search/search-results';
import { Shelf } from './shelf';

/** The shelf; or, with words in the box, what they find. */
export function HomePage() {
  const [params] = useSearchParams();
  const query = (params.get('q') ?? '').trim();
  usePageTitle(query);
  // “All” of the shelf is a search for nothing in a given order.
  return query === '' && !params.has('sort') ? <Shelf /> : <SearchResults query={query} />;
}
