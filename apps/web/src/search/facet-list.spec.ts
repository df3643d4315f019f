import { facetGroups, toggled } from './facet-list';

const chip = (key: string, value: string, negated = false) => ({ key, value, negated });
const facets = [
  { key: 'language', values: [{ value: 'go', count: 7 }, { value: 'rust', count: 3 }] },
  { key: 'port', values: [{ value: '80', count: 9 }] },
];

describe('facetGroups', () => {
  it('puts what is taken first, also where nothing of it is left, and leaves out what nobody looks for', () => {
    expect(facetGroups(facets, [chip('language', 'Rust'), chip('language', 'c')], 9)).toEqual([
      {
        key: 'language',
        values: [
          { value: 'c', count: undefined, taken: true },
          { value: 'rust', count: 3, taken: true },
          { value: 'go', count: 7, taken: false },
        ],
      },
    ]);
  });

  it('leaves out a key that narrows nothing', () => {
    expect(facetGroups([{ key: 'license', values: [{ value: 'MIT', count: 9 }] }], [], 9)).toEqual([]);
    expect(facetGroups([{ key: 'license', values: [{ value: 'MIT', count: 9 }] }], [chip('license', 'MIT')], 9)).toHaveLength(1);
  });

  it('takes neither exclusions nor a whole key for a value', () => {
    expect(facetGroups(facets, [chip('language', 'go', true), chip('language', '*')], 9)[0]?.values.some(({ taken }) => taken)).toBe(false);
  });
});

describe('toggled', () => {
  it('adds a value and takes it away again', () => {
    const with_ = toggled([chip('a', 'b')], 'language', 'go');
    expect(with_).toEqual([chip('a', 'b'), chip('language', 'go')]);
    expect(toggled(with_, 'language', 'Go')).toEqual([chip('a', 'b')]);
  });
});
