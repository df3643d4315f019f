import { rowTags } from './row-tags';

const facet = (key: string, values: Record<string, number>) => ({ key, values: Object.entries(values).map(([value, count]) => ({ value, count })) });

describe('rowTags', () => {
  it('takes the biggest value of the most telling keys first, then the next of each', () => {
    const facets = [facet('runtime', { node: 2 }), facet('language', { go: 2, rust: 3 }), facet('topic', { maps: 3, art: 2 })];
    expect(rowTags(facets, 5).map(({ key, value }) => `${key}:${value}`)).toEqual(['topic:maps', 'language:rust', 'runtime:node', 'topic:art', 'language:go']);
  });

  it('leaves out what all or hardly any have, and what nobody browses by', () => {
    const facets = [facet('docker', { yes: 10 }), facet('mood', { calm: 1 }), facet('license', { MIT: 5 }), facet('port', { 80: 5 }), facet('framework', { none: 5 })];
    expect(rowTags(facets, 10)).toEqual([]);
  });

  it('wants more apps for a row on a large shelf', () => {
    expect(rowTags([facet('topic', { maps: 3 })], 10)).toHaveLength(1);
    expect(rowTags([facet('topic', { maps: 3 })], 100)).toEqual([]);
  });
});
