import { MAX_QUERY_LENGTH, parseQuery } from './parse-query';
import { QueryError, type SearchQuery } from './search-query';

const nothing: SearchQuery = { texts: [], prefix: false, without: [], filters: [], sort: null };
const words = (...tokens: string[]) => ({
  texts: tokens.map((token) => ({ tokens: [token], phrase: false })),
  prefix: true,
});
const filter = (key: string, value: string | null, position = 0, negated = false) => ({
  key,
  value,
  negated,
  position,
});

describe('parseQuery', () => {
  it.each<[string, Partial<SearchQuery>]>([
    ['', {}],
    [' \t\r\n\u3000', {}],
    ['React  dash', words('react', 'dash')],
    ['react ', words('react')],
    ['c++ c#', words('c++', 'c#')],
    ['.net', words('net')],
    ['next.js', { texts: [{ tokens: ['next', 'js'], phrase: false }], prefix: true }],
    ['"Next.js app"', { texts: [{ tokens: ['next', 'js', 'app'], phrase: true }], prefix: false }],
    [
      '"a b" c',
      {
        texts: [
          { tokens: ['a', 'b'], phrase: true },
          { tokens: ['c'], phrase: false },
        ],
        prefix: true,
      },
    ],
    [
      'c "b" -d',
      {
        texts: [
          { tokens: ['c'], phrase: false },
          { tokens: ['b'], phrase: true },
        ],
        without: [['d']],
      },
    ],
    ['"a \\"b\\" c"', { texts: [{ tokens: ['a', 'b', 'c'], phrase: true }] }],
    ['"a\\b"', { texts: [{ tokens: ['a', 'b'], phrase: true }] }],
    ['-word -"a phrase" -next.js', { without: [['word'], ['a', 'phrase'], ['next', 'js']] }],
    ['a-b', { texts: [{ tokens: ['a', 'b'], phrase: false }], prefix: true }],
    ['framework:Next', { filters: [filter('framework', 'next')] }],
    ['Framework:nExt a', { ...words('a'), filters: [filter('framework', 'next')] }],
    ['license:"GNU GPL"', { filters: [filter('license', 'gnu gpl')] }],
    ['x:"a \\"b\\" \\\\"', { filters: [filter('x', 'a "b" \\')] }],
    ['x:a\\', { filters: [filter('x', 'a\\')] }],
    ['a:b:c', { filters: [filter('a', 'b:c')] }],
    ['http://x', { filters: [filter('http', '//x')] }],
    ['jazyk:Čeština', { filters: [filter('jazyk', 'cestina')] }],
    ['x:*', { filters: [filter('x', null)] }],
    ['x:"*"', { filters: [filter('x', '*')] }],
    ['x:-a', { filters: [filter('x', '-a')] }],
    ['a x:', { ...words('a'), filters: [filter('x', null, 2)] }],
    ['x: \t ', { filters: [filter('x', null)] }],
    ['-x:', { filters: [filter('x', null, 1, true)] }],
    ['-x:y -z:* ', { filters: [filter('x', 'y', 1, true), filter('z', null, 6, true)] }],
    ['status:Ready', { filters: [filter('status', 'ready')] }],
    ['-status:failed', { filters: [filter('status', 'failed', 1, true)] }],
    ['status:', { filters: [filter('status', null)] }],
    ['status:* a', { ...words('a'), filters: [filter('status', null)] }],
    ['-owner:Ann', { filters: [filter('owner', 'ann', 1, true)] }],
    ['sort:popular a', { ...words('a'), sort: 'popular' }],
    ['sort:"recent"', { sort: 'recent' }],
    ['SORT:NAME', { sort: 'name' }],
    ['a sort: ', { ...words('a') }],
    ['שלום עולם', words('שלום', 'עולם')],
    ['framework：next', { texts: [{ tokens: ['framework', 'next'], phrase: false }], prefix: true }],
    ['ﷺ', { texts: [{ tokens: ['صلى', 'الله', 'عليه', 'وسلم'], phrase: false }], prefix: true }],
  ])('%j', (text, expected) => expect(parseQuery(text)).toEqual({ ...nothing, ...expected }));

  it.each([
    ['a "b c', 2, 'Close the quotation mark'],
    ['x:"b c', 2, 'Close the quotation mark'],
    ['"C:\\"', 0, 'Close the quotation mark'],
    ['"', 0, 'Close the quotation mark'],
    ['""', 0, 'letter or digit'],
    ['a "&"', 2, 'letter or digit'],
    ['salt & pepper', 5, 'letter or digit'],
    ['-&', 0, 'letter or digit'],
    ['a - b', 2, 'directly after the “-”'],
    ['a -', 2, 'directly after the “-”'],
    ['--word', 1, 'One “-” is enough'],
    ['a :x', 2, 'a key before the colon'],
    [':', 0, 'a key before the colon'],
    ['-:', 1, 'a key before the colon'],
    ['framework: next', 10, 'framework:* for any'],
    ['-framework: next', 11, 'framework:* for any'],
    ['x:""', 2, 'x:* for any'],
    ['x:" "', 2, 'x:* for any'],
    ['x:\u0301', 2, 'x:* for any'],
    ['foo"bar"', 3, 'space before'],
    ['27" monitor', 2, 'space before'],
    ['x:y"z"', 3, 'space before'],
    ['"a"b', 3, 'space after'],
    ['"a":b', 3, 'space after'],
    ['x:"y"z', 5, 'space after'],
    ['a foo/bar:baz', 2, 'A key has letters'],
    ['-příznak:x', 1, 'A key has letters'],
    [`${'k'.repeat(65)}:x`, 0, 'A key has letters'],
    ['.x:y', 0, 'A key has letters'],
    ['status:rea', 7, 'one of pending, processing, ready, failed'],
    ['status: a', 7, 'status:* for any'],
    ['sort:best', 5, 'one of relevance, popular, recent, name'],
    ['sort:*', 5, 'one of relevance'],
    ['sort:""', 5, 'one of relevance'],
    ['sort: a', 5, 'one of relevance'],
    ['a -sort:name', 2, 'Remove the “-”'],
    ['sort:name sort:name', 10, 'one order'],
    ['sort:name sort:', 10, 'one order'],
    ['a\0b', 1, 'control character'],
    ['a\vb', 1, 'control character'],
    ['a\u0085', 1, 'control character'],
    ['a \ud800', 2, 'control character'],
    ['😀\udc00', 2, 'control character'],
    ['a '.repeat(25), 48, 'at most 24'],
    [`b ${'a.'.repeat(32)}`, 2, 'at most 32'],
    ['x'.repeat(501), 500, '500 characters'],
    ['\0'.repeat(10_000), 500, '500 characters'],
  ])('refuses %j at %d', (text, position, reason) => {
    let error: unknown;
    try {
      parseQuery(text);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(QueryError);
    expect((error as QueryError).position).toBe(position);
    expect((error as QueryError).reason).toContain(reason);
  });

  it('takes as much as it says', () => {
    expect(parseQuery('x'.repeat(MAX_QUERY_LENGTH)).texts).toHaveLength(1);
    expect(parseQuery('a '.repeat(24)).texts).toHaveLength(24);
    expect(parseQuery(`${'a.'.repeat(31)} -b`).without).toEqual([['b']]);
  });

  it('answers hostile text at once, however long', () => {
    const parts = ['"', '\\"', '-', ':', 'a:', '""', ' ', 'é', '\u0301', 'ﷺ', '京', 'a"', '-"', '\ud83d\ude00', '+#'];
    for (const length of [500, 10_000, 1_000_000]) {
      for (const part of parts) {
        const text = part.repeat(Math.ceil(length / part.length)).slice(0, length);
        try {
          parseQuery(text);
        } catch (error) {
          expect(error).toBeInstanceOf(QueryError);
        }
      }
    }
    // Where time grew with the square of the length, it would be hours.
  }, 60_000);
});
