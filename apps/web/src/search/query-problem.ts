import type { ApiError } from '../api/api-error';

/** What is wrong with a query, and where in it. */
export interface QueryProblem {
  reason: string;
  before: string;
  /** From the place on: the clause that does not fit. Empty at the query's end. */
  wrong: string;
  after: string;
}

const PLACE = /\s*\(at position (\d+)\)/;

/** Reads the hub's refusal of a query; null for any other error. Positions count UTF-16 units from 1. */
export function problemOf(error: ApiError | null, query: string): QueryProblem | null {
  if (error?.code !== 'QUERY_INVALID') return null;
  const reason = error.message.replace(PLACE, '').trim();
  const position = Number(PLACE.exec(error.message)?.[1] ?? 0) - 1;
  if (position < 0 || position > query.length) return { reason, before: query, wrong: '', after: '' };
  const wrong = /^(?:"(?:\\.|[^"\\])*"?|[^\s"])+|^\s/.exec(query.slice(position))?.[0] ?? '';
  return { reason, before: query.slice(0, position), wrong, after: query.slice(position + wrong.length) };
}
