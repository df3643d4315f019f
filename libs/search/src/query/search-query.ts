import type { Sort } from '../document';

/** A positive clause that looks into the texts. */
export interface TextClause {
  /** Folded; at least one. */
  tokens: string[];
  phrase: boolean;
}

export interface FilterClause {
  /** A tag's key, `status` or `owner`; lower case. */
  key: string;
  /** Folded; null: any value. */
  value: string | null;
  negated: boolean;
  /** UTF-16 units from the start of the query. */
  position: number;
}

/** What a query asks for; all of it must hold. */
export interface SearchQuery {
  /** Words and phrases in the query's order. */
  texts: TextClause[];
  /** The last token of the last of `texts` stands for everything that begins with it. */
  prefix: boolean;
  /** Words and phrases that must not occur; several tokens stand beside each other. */
  without: string[][];
  filters: FilterClause[];
  sort: Sort | null;
}

/** A query that cannot be understood. */
export class QueryError extends Error {
  /** @param position UTF-16 units from the start of the query to what does not fit; people count from 1 */
  constructor(
    readonly reason: string,
    readonly position: number,
  ) {
    super(`${reason} (at position ${position + 1})`);
    this.name = 'QueryError';
  }
}
