import { useLocation } from 'react-router';
import { type QueryProblem, problemOf } from './query-problem';
import { formatQuery } from './query-text';
import { useResultsQuery } from './results-query';
import { useBoxSession, useResultsSession } from './search-session';
import { useSort } from './sort-order';

/** What the hub could not understand of the query in the box; null where it could, or has not said yet. */
export function useQueryProblem(): QueryProblem | null {
  const { pathname } = useLocation();
  const { asked } = useResultsSession();
  const { box } = useBoxSession();
  // The very query that the results follow: here only what is wrong with it is listened to.
  const { error } = useResultsQuery(asked.query, useSort(), pathname === '/' && asked.query !== '');
  const problem = problemOf(error, asked.query);
  // Shown in what is written, which is more than what is asked for while its last word is not complete.
  const written = formatQuery(box);
  return problem && written.startsWith(problem.before) ? problemOf(error, written) : problem;
}
