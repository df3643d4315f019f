import type { FilterClause, SearchQuery } from './search-query';

/**
 * A query as text in one way: queries that mean the same give the same text, and it parses to a query that means the
 * same. For cursors and caches.
 */
export function describeQuery(query: SearchQuery): string {
  const clauses = [
    ...texts(query),
    ...inOneOrder(query.without.map(exclusion)),
    ...inOneOrder(query.filters.map(filter)),
  ];
  if (query.sort) clauses.push(`sort:${query.sort}`);
  return clauses.join(' ');
}

/** In the query's order, by which hits rank. Words that follow each other are one clause: it means the same. */
function texts(query: SearchQuery): string[] {
  const clauses: string[] = [];
  let afterWord = false;
  for (const { tokens, phrase } of query.texts) {
    if (phrase) clauses.push(`"${tokens.join(' ')}"`);
    else if (afterWord) clauses.push(`${clauses.pop()},${tokens.join(',')}`);
    else clauses.push(tokens.join(','));
    afterWord = !phrase;
  }
  return clauses;
}

function exclusion(tokens: readonly string[]): string {
  return `-${tokens.join(',')}`;
}

function filter({ key, value, negated }: FilterClause): string {
  const written = value === null ? '*' : `"${value.replace(/["\\]/g, '\\$&')}"`;
  return `${negated ? '-' : ''}${key}:${written}`;
}

function inOneOrder(clauses: string[]): string[] {
  return [...new Set(clauses)].sort();
}
