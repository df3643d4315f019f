import type { SearchAppsResult } from '@osiris/contracts';
import { bigTags } from './big-tags';

const result = (facets: SearchAppsResult['facets']) => ({ facets, total: 10 }) as SearchAppsResult;

describe('bigTags', () => {
  it('takes the biggest value of each key, but none that all or hardly any have', () => {
    const facets = [
      { key: 'language', values: [{ value: 'go', count: 3 }, { value: 'type script', count: 7 }] },
      { key: 'docker', values: [{ value: 'yes', count: 10 }] },
      { key: 'mood', values: [{ value: 'calm', count: 1 }] },
      { key: 'kind', values: [{ value: 'game', count: 8 }] },
    ];
    expect(bigTags(result(facets))).toEqual(['kind:game', 'language:"type script"']);
    expect(bigTags(undefined)).toEqual([]);
  });
});
