import { chipOf, formatChip, formatQuery, fragmentOf, looksLikeRepository, parseQuery, takeClosedChips, withoutDoubles } from './query-text';

describe('parseQuery', () => {
  it('takes tags out of the words around them', () => {
    expect(parseQuery('chess language:rust -kind:game board')).toEqual({
      chips: [
        { negated: false, key: 'language', value: 'rust' },
        { negated: true, key: 'kind', value: 'game' },
      ],
      text: 'chess board',
    });
  });

  it('keeps blanks inside quotes and colons inside values', () => {
    expect(parseQuery('title:"the nile" time:12:30').chips).toEqual([
      { negated: false, key: 'title', value: 'the nile' },
      { negated: false, key: 'time', value: '12:30' },
    ]);
  });

  it('leaves addresses, bare keys and open quotes as words', () => {
    expect(parseQuery('https://a.example/b lang: kind:"open')).toEqual({
      chips: [],
      text: 'https://a.example/b lang: kind:"open',
    });
  });

  it('names each tag once', () => {
    expect(parseQuery('a:b a:b -a:b').chips).toHaveLength(2);
    expect(withoutDoubles([])).toEqual([]);
  });

  it.each(['language:rust chess', 'a:"b c" -d:e', 'x:"say \\"hi\\"" word'])('says %s again as it was', (query) => {
    expect(formatQuery(parseQuery(query))).toBe(query);
  });
});

describe('takeClosedChips', () => {
  it('waits for the blank that closes a tag', () => {
    expect(takeClosedChips('kind:ga')).toEqual({ chips: [], text: 'kind:ga' });
    expect(takeClosedChips('kind:game ')).toEqual({ chips: [{ negated: false, key: 'kind', value: 'game' }], text: '' });
  });

  it('keeps what was typed around the tag, with its blanks', () => {
    expect(takeClosedChips('big kind:game boa').text).toBe('big boa');
  });

  it('does not close inside quotes', () => {
    expect(takeClosedChips('title:"the nile').chips).toEqual([]);
  });
});

describe('fragmentOf', () => {
  it('is the last word, without its sign and quotes', () => {
    expect(fragmentOf('chess -lang')).toEqual({ ask: 'lang', negated: true, start: 6 });
    expect(fragmentOf('title:"the ni')).toEqual({ ask: 'title:the ni', negated: false, start: 0 });
  });

  it('is empty after a blank', () => {
    expect(fragmentOf('chess ')).toEqual({ ask: '', negated: false, start: 6 });
    expect(fragmentOf('')).toEqual({ ask: '', negated: false, start: 0 });
  });
});

describe('chips', () => {
  it('quotes a value that has blanks', () => {
    expect(formatChip({ negated: true, key: 'title', value: 'the nile' })).toBe('-title:"the nile"');
  });

  it('takes no key that no tag can have', () => {
    expect(chipOf('Ünicode:x')).toBeNull();
    expect(chipOf('LANG:x')).toEqual({ negated: false, key: 'lang', value: 'x' });
  });
});

describe('looksLikeRepository', () => {
  it('knows an address from words', () => {
    expect(['https://github.com/a/b', 'git@host:a/b.git', 'chess', 'a/b', 'https://x'].map(looksLikeRepository)).toEqual([true, true, false, false, false]);
  });
});
