import { QueryError } from './search-query';

/** A clause as it is written. Positions count UTF-16 units from the start of the query. */
export interface WrittenClause {
  position: number;
  negated: boolean;
  /** What stands before the first colon; null for a word or phrase. */
  key: string | null;
  keyPosition: number;
  /** The word, or what stands between the quotation marks, or the filter's value; without escapes. */
  text: string;
  textPosition: number;
  quoted: boolean;
  /** Nothing but white space follows. */
  last: boolean;
}

const SPACE = /\s/;

/**
 * The clauses of a query one after the other, in one pass.
 * @throws QueryError where a quotation mark, a `-` or a `:` stands wrongly
 */
export function* scanClauses(query: string): Generator<WrittenClause> {
  let at = skipSpace(query, 0);
  while (at < query.length) {
    const position = at;
    const negated = query[at] === '-';
    if (negated) at++;
    if (negated && isEnd(query, at)) throw new QueryError('Write what to leave out directly after the “-”', position);
    if (negated && query[at] === '-') throw new QueryError('One “-” is enough: remove this one', at);
    const keyPosition = at;
    let key: string | null = null;
    if (query[at] !== '"') {
      const colon = colonOfWord(query, at);
      if (colon === at) throw new QueryError('Write a key before the colon, as in framework:react', at);
      if (colon !== null) {
        key = query.slice(at, colon);
        at = colon + 1;
      }
    }
    const textPosition = at;
    const quoted = query[at] === '"';
    const { text, end } = quoted ? scanQuoted(query, at) : scanBare(query, at);
    at = skipSpace(query, end);
    yield { position, negated, key, keyPosition, text, textPosition, quoted, last: at === query.length };
  }
}

/** The first colon of the word from `at`, unless a quotation mark comes before: that is refused later. */
function colonOfWord(query: string, at: number): number | null {
  for (let index = at; !isEnd(query, index) && query[index] !== '"'; index++) {
    if (query[index] === ':') return index;
  }
  return null;
}

function scanBare(query: string, start: number): { text: string; end: number } {
  let end = start;
  for (; !isEnd(query, end); end++) {
    if (query[end] === '"') throw new QueryError('Put a space before the quotation mark, or leave it out', end);
  }
  return { text: query.slice(start, end), end };
}

/** From the opening quotation mark to behind the closing one; `\"` and `\\` stand for the second character. */
function scanQuoted(query: string, start: number): { text: string; end: number } {
  let text = '';
  let at = start + 1;
  for (; at < query.length && query[at] !== '"'; at++) {
    if (query[at] === '\\' && (query[at + 1] === '"' || query[at + 1] === '\\')) at++;
    text += query.charAt(at);
  }
  if (at >= query.length) throw new QueryError('Close the quotation mark: add “"”', start);
  const end = at + 1;
  if (!isEnd(query, end)) throw new QueryError('Put a space after the closing quotation mark', end);
  return { text, end };
}

function skipSpace(query: string, at: number): number {
  while (at < query.length && isEnd(query, at)) at++;
  return at;
}

/** Whether a clause cannot go on at `at`: white space, or the end. */
function isEnd(query: string, at: number): boolean {
  return at >= query.length || SPACE.test(query.charAt(at));
}
