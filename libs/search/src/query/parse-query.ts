import { SORTS, type Sort } from '../document';
import { foldText } from '../text/fold';
import { tokenize } from '../text/tokenize';
import { scanClauses, type WrittenClause } from './scan-clauses';
import { QueryError, type SearchQuery } from './search-query';

/** UTF-16 units. */
export const MAX_QUERY_LENGTH = 500;
export const MAX_CLAUSES = 24;
/** Of words, phrases and exclusions together. */
export const MAX_QUERY_TOKENS = 32;

/** States of an app's last ingestion. */
export const STATUSES: readonly string[] = ['pending', 'processing', 'ready', 'failed'];

const SORT_HINT = `Sort by one of ${SORTS.join(', ')}`;
const TAG_KEY = /^[a-z0-9][a-z0-9_.-]{0,63}$/;
const NO_CHARACTER = /(?![\t\n\r])[\p{Cc}\p{Cs}]/u;

/**
 * What a query asks for: libs/search/README.md, "The query". Takes time by the length, at most `MAX_QUERY_LENGTH`.
 * Whether a tag's key exists is for the index to say.
 * @throws QueryError with the place of the first thing that does not fit, and what to do about it
 */
export function parseQuery(text: string): SearchQuery {
  refuseUnreadable(text);
  const reading = new QueryReading();
  for (const clause of scanClauses(text)) reading.add(clause);
  return reading.query;
}

function refuseUnreadable(text: string): void {
  if (text.length > MAX_QUERY_LENGTH) {
    throw new QueryError(`Shorten the query to ${MAX_QUERY_LENGTH} characters`, MAX_QUERY_LENGTH);
  }
  const unreadable = text.search(NO_CHARACTER);
  if (unreadable >= 0) throw new QueryError('Remove the control character', unreadable);
}

/** A query while its clauses are read. */
class QueryReading {
  readonly query: SearchQuery = { texts: [], prefix: false, without: [], filters: [], sort: null };
  private clauses = 0;
  private tokens = 0;
  private sorted = false;

  add(clause: WrittenClause): void {
    if (++this.clauses > MAX_CLAUSES) {
      throw new QueryError(`Leave clauses out: a query has at most ${MAX_CLAUSES}`, clause.position);
    }
    if (clause.key === null) this.addText(clause);
    else this.addFilter(clause, clause.key.toLowerCase());
  }

  private addText({ text, position, negated, quoted }: WrittenClause): void {
    const tokens = tokenize(text);
    if (tokens.length === 0) throw new QueryError('Write at least one letter or digit to look for', position);
    this.tokens += tokens.length;
    if (this.tokens > MAX_QUERY_TOKENS) {
      throw new QueryError(`Leave words out: a query has at most ${MAX_QUERY_TOKENS}`, position);
    }
    if (negated) {
      this.query.without.push(tokens);
    } else {
      this.query.texts.push({ tokens, phrase: quoted });
      this.query.prefix = !quoted;
    }
  }

  private addFilter(clause: WrittenClause, key: string): void {
    if (!TAG_KEY.test(key)) {
      const reason =
        'A key has letters a–z, digits, “.”, “_” and “-” alone; to look for the text as it is, quote all of it';
      throw new QueryError(reason, clause.keyPosition);
    }
    const value = filterValue(clause, key);
    if (key === 'sort') {
      this.sortBy(clause, value);
    } else {
      if (key === 'status' && value !== null && !STATUSES.includes(value)) {
        throw new QueryError(`A status is one of ${STATUSES.join(', ')}`, clause.textPosition);
      }
      this.query.filters.push({ key, value, negated: clause.negated, position: clause.keyPosition });
    }
  }

  private sortBy(
    { negated, text, quoted, position, keyPosition, textPosition }: WrittenClause,
    value: string | null,
  ): void {
    if (negated) throw new QueryError('Remove the “-”: an order cannot be left out', position);
    if (this.sorted) throw new QueryError('Leave one sort: out, there is one order', keyPosition);
    this.sorted = true;
    // Nothing behind the colon: still being typed.
    if (text === '' && !quoted) return;
    if (!isSort(value)) throw new QueryError(SORT_HINT, textPosition);
    this.query.sort = value;
  }
}

/** The folded value of a filter; null for any. */
function filterValue({ text, quoted, last, textPosition }: WrittenClause, key: string): string | null {
  if (!quoted && (text === '*' || (text === '' && last))) return null;
  const value = foldText(text);
  if (value.trim() !== '') return value;
  const hint = key === 'sort' ? SORT_HINT : `Write a value directly after the colon, or ${key}:* for any`;
  throw new QueryError(hint, textPosition);
}

function isSort(value: string | null): value is Sort {
  return SORTS.some((sort) => sort === value);
}
