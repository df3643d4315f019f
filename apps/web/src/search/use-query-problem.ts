import { useLocation } from 'react-router';
import { type QueryProblem, problemOf } from './query-problem';
import { useResultsQuery } from './results-query';
import { useResultsSession } from './search-session';
import { useSort } from './sort-order';

/** What the hub could not understand of the query in the box; null where it could, or has not said yet. */
export function useQueryProblem(): QueryProblem | null {
  const { pathname } = useLocation();
  const { asked } = useResultsSession();
  // The very query that the results follow: here only what is wrong with it is listened to.
  const { error } = useResultsQuery(asked.query, useSort(), pathname === '/' && asked.query !== '');
  return problemOf(error, asked.query);
}
