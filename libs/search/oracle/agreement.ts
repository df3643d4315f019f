import type { Sort } from '../src/document';
import type { Position } from '../src/index/answers';
import type { SearchIndex } from '../src/index/search-index';
import { QueryError, type SearchQuery } from '../src/query/search-query';
import type { Oracle } from './oracle';

/** Asserts that the index answers as the definition says: ids in order on all pages, total, facets, correction. */
export function expectAgreement(index: SearchIndex, oracle: Oracle, query: SearchQuery, sort: Sort, limit = 20): void {
  const expected = oracle.search(query, sort);
  if (!expected) {
    expect(() => index.search(query, { sort, limit })).toThrow(QueryError);
    return;
  }
  const { ids, total, facets, corrected } = index.search(query, { sort, limit });
  const whole = { ids: expected.ids.slice(0, limit), total: expected.ids.length, facets: expected.facets, corrected: expected.corrected };
  expect({ ids, total, facets, corrected }).toEqual(whole);
  expect(allPages(index, query, sort, limit)).toEqual(expected.ids);
}

/** What paging through to the end gives. Between two pages `between` may change the index. */
export function allPages(index: SearchIndex, query: SearchQuery, sort: Sort, limit: number, between: () => void = () => {}): string[] {
  const ids: string[] = [];
  let after: Position | undefined;
  do {
    if (after) between();
    const page = index.search(query, { sort, limit, after });
    // A position crosses the wire in a cursor.
    after = page.next ? (JSON.parse(JSON.stringify(page.next)) as Position) : undefined;
    ids.push(...page.ids);
  } while (after);
  return ids;
}
