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
  it('falls back', () => {
    expect(merge({ manifests: { name: 'draw' }, readme: { summary: 'From the README' }, dockerfile: { port: 80 } }).metadata).toEqual({
      name: 'draw', description: 'From the README', port: 80, readmeSummary: 'From the README', healthPath: null,
    });
    expect(merge({}).metadata).toEqual({ name: null, description: null, port: null, readmeSummary: null, healthPath: null });
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
