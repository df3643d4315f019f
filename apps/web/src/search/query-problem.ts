import type { ApiError } from '../api/api-error';

/** What is wrong with a query, and where in it. */
export interface QueryProblem {
  reason: string;
  before: string;
  /** From the place on: the clause that does not fit. Empty at the query's end. */
  wrong: string;
  after: string;
}

/** Whether the hub refused the query itself: it is not understood, or too long. */
export function isAboutQuery({ code, errors }: ApiError): boolean {
  return code === 'QUERY_INVALID' || (code === 'VALIDATION_FAILED' && errors.some(({ path }) => path === 'q'));
}

const PLACE = /\s*\(at position (\d+)\)/;

/** Reads the hub's refusal of a query; null for any other error. Positions count UTF-16 units from 1. */
export function problemOf(error: ApiError | null, query: string): QueryProblem | null {
  if (!error || !isAboutQuery(error)) return null;
  const message = error.errors.find(({ path }) => path === 'q')?.message ?? error.message;
  const reason = message.replace(PLACE, '').trim();
  const position = Number(PLACE.exec(message)?.[1] ?? 0) - 1;
  if (position < 0 || position > query.length) return { reason, before: query, wrong: '', after: '' };
  const wrong = /^(?:"(?:\\.|[^"\\])*"?|[^\s"])+|^\s/.exec(query.slice(position))?.[0] ?? '';
  return { reason, before: query.slice(0, position), wrong, after: query.slice(position + wrong.length) };
}
