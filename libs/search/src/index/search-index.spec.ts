import type { SearchDocument } from '../document';
import { parseQuery } from '../query/parse-query';
import { QueryError } from '../query/search-query';
import { mergeSegments } from '../segments/segment-writer';
import type { SearchAnswer, SearchOptions } from './answers';
import { SearchIndex } from './search-index';

function app(name: string, given: Partial<Omit<SearchDocument, 'tags'>> & { tags?: string[] } = {}): SearchDocument {
  const { tags = [], ...rest } = given;
  const slug = `acme/${name.toLowerCase().replaceAll(' ', '-')}`;
  const split = tags.map((tag) => ({ key: tag.slice(0, tag.indexOf(':')), value: tag.slice(tag.indexOf(':') + 1) }));
  return { id: `app_${slug.slice(5)}`, slug, name, description: '', readme: '', status: 'ready', popularity: 0, createdAt: 0, ...rest, tags: split };
}

const search = (index: SearchIndex, q: string, options: Partial<SearchOptions> = {}): SearchAnswer =>
  index.search(parseQuery(q), { sort: 'relevance', limit: 20, ...options });
const ids = (index: SearchIndex, q: string, options: Partial<SearchOptions> = {}): string[] => search(index, q, options).ids.map((id) => id.slice(4));

describe('tiers', () => {
  const index = SearchIndex.of([
    app('Text', { description: 'made with react', popularity: 100 }),
    app('Tagged', { tags: ['framework:react'], popularity: 90 }),
    app('Hello React', { popularity: 80 }),
    app('React Board', { popularity: 70 }),
    app('Reactive', { popularity: 60 }),
    app('React', { popularity: 1 }),
  ]);

  it('puts the exact name before what begins so, before a word of the name, a tag and the text', () =>
    expect(ids(index, 'react')).toEqual(['react', 'react-board', 'reactive', 'hello-react', 'tagged', 'text']));

  it('goes by popularity alone where asked to', () =>
    expect(ids(index, 'react sort:popular')).toEqual(['text', 'tagged', 'hello-react', 'react-board', 'reactive', 'react']));

  it('takes a quoted word at its word, without what merely begins so', () => expect(ids(index, '"react"')).not.toContain('reactive'));

  it('finds all words, wherever each of them is', () => expect(ids(index, 'board rea')).toEqual(['react-board']));

  it('finds the name as one whole also by several words', () => expect(ids(index, 'react boa')[0]).toBe('react-board'));

  it('breaks ties by id', () => {
    const tied = SearchIndex.of(['c', 'a', 'b'].map((name) => app(name, { description: 'same' })));
    expect(ids(tied, 'same')).toEqual(['a', 'b', 'c']);
  });
});

describe('filters', () => {
  const index = SearchIndex.of([
    app('One', { tags: ['framework:Next.js', 'language:typescript'], description: 'a green field' }),
    app('Two', { tags: ['framework:django', 'port:80'], status: 'failed', slug: 'Étienne/two' }),
    app('Three', { tags: ['language:go'], description: 'a field of green' }),
  ]);

  it.each([
    ['framework:next.js', ['one']],
    ['framework:NEXT.JS', ['one']],
    ['framework:next', []],
    ['framework:*', ['one', 'two']],
    ['framework:', ['one', 'two']],
    ['-framework:*', ['three']],
    ['-framework:django', ['one', 'three']],
    ['status:failed', ['two']],
    ['-status:failed', ['one', 'three']],
    ['owner:etienne', ['two']],
    ['-owner:étienne', ['one', 'three']],
    ['"green field"', ['one']],
    ['green -"green field"', ['three']],
    ['green -typescript', ['three']],
    ['"next js"', ['one']],
  ])('%s', (q, expected) => expect(ids(index, q).sort()).toEqual([...expected].sort()));

  it('says which keys there are where nobody has that one, and where it stands', () => {
    expect(() => search(index, 'green colour:red')).toThrow(
      new QueryError('No app has a tag with the key "colour". Keys in use are framework, language, port', 6),
    );
  });

  it('counts what is found, and leaves out ports', () => {
    const { total, facets } = search(index, 'field');
    expect(total).toBe(2);
    expect(facets).toEqual([
      { key: 'language', values: [{ value: 'go', count: 1 }, { value: 'typescript', count: 1 }] },
      { key: 'framework', values: [{ value: 'Next.js', count: 1 }] },
    ]);
    expect(search(index, '').facets.map(({ key }) => key)).toEqual(['framework', 'language']);
  });
});

describe('corrections', () => {
  const index = SearchIndex.of([
    app('Kubernetes Board', { popularity: 5 }),
    app('Uptime Kuma'),
    app('Kubernetes'),
    app('Grafana', { tags: ['topic:monitoring'] }),
    app('Gravity', { description: 'falls' }),
  ]);

  it.each([
    ['a letter missing', 'grafna', 'grafana'],
    ['letters exchanged', 'garfana', 'grafana'],
    ['the first letter wrong', 'frafana', 'grafana'],
    ['two edits in a long word', 'kubrnetse', 'kubernetes'],
    ['a beginning with an edit', 'kubrne', 'kubernetes'],
    ['the word of a tag', 'monitorng', 'grafana'],
    ['two words run together', 'uptimekuma', 'uptime-kuma'],
    ['two words run together, while typing', 'uptimeku', 'uptime-kuma'],
    ['a word written in three, while typing', 'mo nit or', 'grafana'],
    ['a word written in two beside another', 'kuma up time', 'uptime-kuma'],
  ])('%s', (_what, q, expected) => {
    expect(ids(index, q)[0]).toBe(expected);
    expect(search(index, q).corrected).toBe(true);
  });

  it('takes a name written in two for the name', () => {
    expect(search(index, 'gra fana')).toMatchObject({ total: 1, corrected: false });
    expect(ids(index, 'gra fan')).toEqual(['grafana']);
  });

  it('tells what was found instead', () =>
    expect(search(index, 'grafna').matched).toEqual([{ token: 'grafna', prefix: true }, { token: 'grafana', prefix: false }]));

  it('marks the name that the words make together', () => expect(search(index, 'gra fana').matched).toContainEqual({ token: 'grafana', prefix: false }));

  it.each(['gra', 'grfn', '"grafna"', 'grafana -gravty'])('does not correct %s', (q) => expect(search(index, q).corrected).toBe(false));

  it('leaves a word alone that enough documents hold', () => {
    const many = SearchIndex.of([...'abcde'].map((letter) => app(`grafna ${letter}`)).concat(app('Grafana')));
    expect(search(many, 'grafna')).toMatchObject({ total: 5, corrected: false });
  });

  it('does not correct to words of documents that are gone', () => {
    const left = SearchIndex.of([app('Grafana'), app('Other')]);
    left.remove(['app_grafana']);
    expect(search(left, 'grafna').total).toBe(0);
  });
});

describe('changes', () => {
  const names = Array.from({ length: 60 }, (_, at) => `App ${at}`);

  it('shows what was put, changed and removed, at once', () => {
    const index = new SearchIndex();
    expect(search(index, 'first').total).toBe(0);
    index.put([app('First')]);
    expect(ids(index, 'first')).toEqual(['first']);
    index.put([{ ...app('First'), name: 'Renamed' }]);
    expect(ids(index, 'renamed')).toEqual(['first']);
    expect(search(index, '"first" sort:name').total).toBe(1); // The slug still says so.
    index.remove(['app_first', 'app_nobody']);
    expect(search(index, '')).toMatchObject({ total: 0, ids: [], facets: [] });
  });

  it('keeps few segments however many single changes there are', () => {
    const index = new SearchIndex();
    for (const name of names) index.put([app(name)]);
    expect(index.stats().segments.length).toBeLessThan(10);
    expect(search(index, 'app').total).toBe(60);
  });

  it('keeps what changed while a merge ran', () => {
    const index = new SearchIndex();
    for (let batch = 0; batch < 10; batch++) index.put(Array.from({ length: 130 }, (_, at) => app(`App ${batch} ${at}`, { tags: ['batch:one'] })));
    const parts = index.mergeDue();
    expect(parts?.length).toBeGreaterThan(1);
    expect(index.mergeDue()).toBeNull();
    index.remove(['app_app-0-0']);
    index.put([{ ...app('App 1 1'), name: 'Changed', slug: 'acme/changed' }, app('Brand new')]);
    index.completeMerge(parts!, mergeSegments(parts!));
    expect(search(index, '').total).toBe(1300);
    expect(search(index, 'batch:one').total).toBe(1298);
    expect(search(index, '"app 0 0"').total).toBe(0);
    expect(ids(index, 'changed')).toEqual(['app-1-1']);
    expect(ids(index, 'brand')).toEqual(['brand-new']);
    expect(search(index, '').facets).toEqual([{ key: 'batch', values: [{ value: 'one', count: 1298 }] }]);
  });

  it.each(['relevance', 'popular', 'recent', 'name'] as const)('pages by %s without a gap or a double while others come and go', (sort) => {
    const index = SearchIndex.of(names.map((name, at) => app(name, { popularity: at % 7, createdAt: at % 11 })));
    const all = ids(index, 'app', { sort, limit: 100 });
    const met: string[] = [];
    let after: SearchAnswer['next'] | undefined;
    do {
      const page = search(index, 'app', { sort, limit: 7, after: after ?? undefined });
      met.push(...page.ids.map((id) => id.slice(4)));
      after = page.next;
      index.put([app(`App extra ${met.length}`, { popularity: met.length % 7, createdAt: met.length % 11 })]);
      index.remove([`app_app-extra-${met.length - 7}`]);
    } while (after);
    expect(met.filter((id) => !id.startsWith('app-extra'))).toEqual(all);
    expect(new Set(met).size).toBe(met.length);
  });
});

describe('bounds', () => {
  const words = (from: number, count: number): string => Array.from({ length: count }, (_, at) => `word${(from + at).toString(36)}`).join(' ');

  it('takes no more memory for few documents with many different words than they need', () => {
    const index = new SearchIndex();
    for (let at = 0; at < 31; at++) index.put([app(`App ${at}`, { description: words(at * 800, 800) })]);
    expect(index.stats().bytes).toBeLessThan(8_000_000);
  });

  it('takes a word for 32 others at most', () => {
    const many = SearchIndex.of(Array.from({ length: 60 }, (_, at) => app(`App ${at}`, { description: `qzx${at}` })));
    expect(search(many, 'aqzx').matched.length).toBeLessThanOrEqual(34);
  });

  it('orders by finite numbers, keeps tags apart that hold a NUL, and counts a tag once', () => {
    const odd = SearchIndex.of([
      app('Nan', { popularity: NaN, createdAt: Infinity, tags: ['k:a', 'k:a'] }),
      app('Nul', { popularity: Infinity, tags: ['k:b\0c', 'k:d'] }),
      app('Plain', { popularity: 1 }),
    ]);
    expect(ids(odd, '')).toEqual(['plain', 'nan', 'nul']);
    expect(search(odd, '').facets).toEqual([{ key: 'k', values: [{ value: 'a', count: 1 }, { value: 'd', count: 1 }] }]);
    expect(ids(odd, '', { limit: -1 })).toEqual(['plain']);
  });

  it('suggests among very many tags', () => {
    const index = SearchIndex.of(Array.from({ length: 200 }, (_, at) => app(`App ${at}`, { tags: Array.from({ length: 20 }, (_v, tag) => `url:http://h/${at}/${tag}`).concat('topic:http') })));
    expect(index.suggest('http', 3).map(({ key, value, count }) => [key, value, count])).toEqual([['topic', 'http', 200], ['url', 'http://h/0/0', 1], ['url', 'http://h/0/1', 1]]);
    expect(search(index, '').facets.map(({ key, values }) => [key, values.length])).toEqual([['url', 12], ['topic', 1]]);
  });
});

describe('suggestions', () => {
  const index = SearchIndex.of([
    app('Next Cloud', { tags: ['framework:nextjs', 'topic:files'], popularity: 3 }),
    app('Board', { tags: ['framework:NextJS', 'framework:nextjs', 'database:nexus'] }),
    app('Frame 100%', { tags: ['topic:a_b'] }),
  ]);
  const labels = (text: string, limit = 10): string[] =>
    index.suggest(text, limit).map(({ kind, key, value, id, count }) => `${kind === 'app' ? id : `${key}:${value ?? ''}`} ${count}`);

  it.each<[string, string[]]>([
    ['', ['framework: 2', 'topic: 2', 'database: 1']],
    ['fr', ['framework: 2', 'app_frame-100% 1']],
    ['next', ['framework:nextjs 2', 'framework:NextJS 1', 'app_next-cloud 1']],
    ['framework:', ['framework:nextjs 2', 'framework:NextJS 1']],
    ['-topic:f', ['topic:files 1']],
    ['topic:%', []],
    ['topic:a_', ['topic:a_b 1']],
    ['%', []],
    ['next cl', ['app_next-cloud 1']],
  ])('%s', (text, expected) => expect(labels(text)).toEqual(expected));

  it('keeps places for apps', () => expect(labels('ne', 2)).toEqual(['framework:nextjs 2', 'app_next-cloud 1']));
});

describe('related', () => {
  const others = Array.from({ length: 40 }, (_, at) => app(`Other ${at}`, { tags: ['language:go'], description: 'a thing for people' }));
  const index = SearchIndex.of([
    ...others,
    app('Chess', { tags: ['topic:chess', 'language:go'], description: 'a game for people', popularity: 1 }),
    app('Rooks', { tags: ['topic:chess'], description: 'a puzzle' }),
    app('Cards', { description: 'a game of cards' }),
  ]);

  it('goes by what few share, not by what all have', () =>
    expect(index.related('app_chess', 8).map(({ id }) => id)).toEqual(['app_rooks', 'app_cards']));

  it('is empty for an app that is not there', () => expect(index.related('app_nobody', 8)).toEqual([]));

  it('looks through all segments', () => {
    index.put([app('Blitz', { tags: ['topic:chess'] })]);
    expect(index.related('app_chess', 8).map(({ id }) => id)).toContain('app_blitz');
  });
});
