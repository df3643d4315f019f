import { mergeReadings } from './merge-readings';
import type { ReaderName, Reading } from './reader';
import { makeTag, oneLine, tagKey } from './tags';

const merge = (readings: Partial<Record<ReaderName, Reading>>) => mergeReadings(new Map(Object.entries(readings) as [ReaderName, Reading][]));

describe('mergeReadings', () => {
  it('takes each field from where it is best', () => {
    const merged = merge({
      manifests: { name: 'draw', description: 'From the manifest' },
      readme: { name: 'Draw!', summary: 'From the README', port: 7860 },
      dockerfile: { port: 80 },
    });
    expect(merged.metadata).toEqual({ name: 'Draw!', description: 'From the manifest', port: 7860, readmeSummary: 'From the README', healthPath: null });
  });
  it('takes the name that its first sentence calls it by, where the title is a motto', () => {
    const named = (title: string, summary: string, name: string) => merge({ readme: { name: title, summary }, manifests: { name } }).metadata.name;
    expect(named('Document your life', 'Monica is an open-source manager.', 'monica')).toBe('Monica');
    expect(named('Document your life', 'Monica is an open-source manager.', 'frontend')).toBe('Document your life');
    expect(named('The Monica Project', 'Monica is an open-source manager.', 'monica')).toBe('The Monica Project');
    expect(named('Monica', 'Something is here.', 'something')).toBe('Monica');
  });
  it('falls back', () => {
    expect(merge({ manifests: { name: 'draw' }, readme: { summary: 'From the README' }, dockerfile: { port: 80 } }).metadata).toEqual({
      name: 'draw', description: 'From the README', port: 80, readmeSummary: 'From the README', healthPath: null,
    });
    expect(merge({}).metadata).toEqual({ name: null, description: null, port: null, readmeSummary: null, healthPath: null });
  });
  it('believes the author before files for other hosts, and those before what was found', () => {
    const readings = {
      'previews-file': { name: 'Author', description: 'By the author', port: 1, healthPath: '/a', media: [{ kind: 'image' as const, path: 'a.png', title: '' }] },
      'app-json': { name: 'Heroku', description: 'For Heroku', media: [{ kind: 'docs' as const, url: 'https://h.example/', title: '' }] },
      readme: { name: 'Front', description: 'In front', port: 2, summary: 'Prose.', media: [{ kind: 'demo' as const, url: 'https://d.example/', title: '' }, { kind: 'image' as const, path: 'a.png', title: 'again' }, { kind: 'image' as const, url: 'https://r.example/r.png', title: '' }] },
      manifests: { name: 'package', description: 'Of the package' },
      dockerfile: { port: 3, healthPath: '/d' },
      compose: { healthPath: '/c' },
    };
    const order = ['previews-file', 'app-json', 'readme', 'manifests'] as const;
    for (const [at] of order.entries()) {
      const left = Object.fromEntries(Object.entries(readings).filter(([name]) => !(order.slice(0, at) as readonly string[]).includes(name)));
      const { name, description } = merge(left).metadata;
      expect([name, description]).toEqual([['Author', 'By the author'], ['Heroku', 'For Heroku'], ['Front', 'In front'], ['package', 'Of the package']][at]);
    }
    expect(merge(readings).metadata).toMatchObject({ port: 1, healthPath: '/a', readmeSummary: 'Prose.' });
    expect(merge({ compose: readings.compose, dockerfile: readings.dockerfile }).metadata).toMatchObject({ port: 3, healthPath: '/d' });
    // The author's pictures first, each once, links behind them.
    expect(merge(readings).media.map((one) => ('url' in one ? one.url : one.path))).toEqual(['a.png', 'https://r.example/r.png', 'https://d.example/', 'https://h.example/']);
  });
  it('keeps links where there are many pictures', () => {
    const media = [...Array.from({ length: 30 }, (_, index) => ({ kind: 'image' as const, path: `${index}.png`, title: '' })), { kind: 'demo' as const, url: 'https://d.example/', title: '' }];
    expect(merge({ readme: { media } }).media).toHaveLength(11);
  });
  it("keeps the first of equal tags, which is the author's", () => {
    const author = { key: 'framework', value: 'React', source: 'author' as const, from: 'tags.yaml' };
    const auto = { key: 'framework', value: 'react', source: 'auto' as const, from: 'package.json' };
    expect(merge({ 'tag-file': { tags: [author] }, manifests: { tags: [auto] } }).tags).toEqual([author]);
  });
});

describe('tags', () => {
  it.each([['Framework', 'framework'], [' A  b ', 'a-b'], ['é', 'e'], ['.x', 'x'], ['!!', undefined], ['日本', undefined], ['a'.repeat(70), 'a'.repeat(64)]])('writes the key %j as %s', (text, key) => {
    expect(tagKey(text)).toBe(key);
  });
  it('cuts a value to one line without halving a character', () => {
    expect(oneLine(' a\n\tb\0c ', 10)).toBe('a b c');
    expect(oneLine('ab😀cd', 4)).toBe('ab…');
    expect(makeTag('auto', 'f', 'k', 'v'.repeat(300))?.value).toHaveLength(200);
    expect(makeTag('auto', 'f', 'k', ' \n ')).toBeUndefined();
  });
});
