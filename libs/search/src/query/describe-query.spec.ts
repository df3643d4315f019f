import fc from 'fast-check';
import { describeQuery } from './describe-query';
import { MAX_QUERY_LENGTH, parseQuery } from './parse-query';
import { QueryError, type SearchQuery } from './search-query';

const pieces = [
  'a',
  'Next.js',
  'c++',
  'é',
  'ﬁ',
  '京都',
  'x',
  'status',
  'owner',
  'sort',
  'ready',
  'failed',
  'name',
  'popular',
];
const marks = [
  ' ',
  ' ',
  ' ',
  ' -',
  ':',
  ':',
  '"',
  '" ',
  ' "',
  '\\',
  '\\"',
  '*',
  '-',
  '\u0301',
  '\n',
  '\0',
  '\ud800',
  '&',
  '.',
];
const querylike = fc.array(fc.constantFrom(...pieces, ...marks), { maxLength: 24 }).map((parts) => parts.join(''));
const clause = fc.oneof(
  fc.constantFrom('react', 'Next.js', '"a phrase"', '"one"', '-not', '-"not this"', 'c++', 'été', 'kubernetes,cluster'),
  fc.constantFrom(
    'status:ready',
    '-owner:ann',
    'x:*',
    'x:"Two Words"',
    'x:"\\"\\\\"',
    'x:b\\',
    '-x:y',
    'sort:name',
    'x:"a´"',
  ),
);
const wellFormed = fc.array(clause, { maxLength: 20 }).map((clauses) => clauses.join(' '));

/** What of a query makes a difference. */
function meaning(query: SearchQuery): unknown {
  const tokens = query.texts.flatMap<string | string[]>(({ tokens, phrase }) => (phrase ? [tokens] : tokens));
  const without = new Set(query.without.map((excluded) => JSON.stringify(excluded)));
  const filters = new Set(query.filters.map(({ key, value, negated }) => JSON.stringify([key, value, negated])));
  return { tokens, prefix: query.prefix, without, filters, sort: query.sort };
}

/** The query, or null where it is refused as it should be. */
function parsed(text: string): SearchQuery | null {
  try {
    return parseQuery(text);
  } catch (error) {
    expect(error).toBeInstanceOf(QueryError);
    const { position, reason } = error as QueryError;
    expect(Number.isInteger(position) && position >= 0 && position < text.length).toBe(true);
    expect(reason.length).toBeGreaterThan(10);
    return null;
  }
}

describe('describeQuery', () => {
  it.each([
    ['', ''],
    ['React  DASH', 'react,dash'],
    ['next.js app', 'next,js,app'],
    ['a "b c" d "e"', 'a "b c" d "e"'],
    ['-b x:Y -"a c" x:y -a', '-a -a,c -b x:"y"'],
    ['sort:name -owner:Ann status:', '-owner:"ann" status:* sort:name'],
    ['x:"a \\"b\\" \\\\"', 'x:"a \\"b\\" \\\\"'],
    ['x:"*" x:*', 'x:"*" x:*'],
  ])('%j is %j', (text, canonical) => expect(describeQuery(parseQuery(text))).toBe(canonical));

  it('means the same as the query, and is the only text that does', () => {
    fc.assert(
      fc.property(fc.oneof(querylike, wellFormed), (text) => {
        const query = parsed(text);
        if (!query) return;
        const canonical = describeQuery(query);
        fc.pre(canonical.length <= MAX_QUERY_LENGTH);
        const again = parseQuery(canonical);
        expect(meaning(again)).toEqual(meaning(query));
        expect(describeQuery(again)).toBe(canonical);
      }),
      { numRuns: 5_000 },
    );
  });

  it('tells queries apart that differ', () => {
    fc.assert(
      fc.property(wellFormed, wellFormed, (one, other) => {
        const [first, second] = [parsed(one), parsed(other)];
        if (!first || !second) return;
        const same = describeQuery(first) === describeQuery(second);
        expect(same).toBe(JSON.stringify(comparable(first)) === JSON.stringify(comparable(second)));
      }),
      { numRuns: 2_000 },
    );
  });
});

function comparable(query: SearchQuery): unknown {
  return JSON.parse(
    JSON.stringify(meaning(query), (_, value: unknown) => (value instanceof Set ? [...value].sort() : value)),
  );
}

describe('parseQuery', () => {
  it('reads any text or refuses it with a place within it', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary', maxLength: 60 }), querylike), (text) => void parsed(text)),
      { numRuns: 5_000 },
    );
  });
});
