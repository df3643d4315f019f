import { type Asked, askedOf } from './asked';
import { type BoxState, emptyBox } from './box-state';

const offered = [
  { kind: 'key' as const, key: 'language', label: 'language:', count: 3 },
  { kind: 'value' as const, key: 'language', value: 'rust', label: 'language:rust', count: 2 },
];
const typing = (text: string, suggestions = offered): Asked => askedOf({ ...emptyBox, text, open: true, settled: false }, suggestions);
const settled = (text: string, more: Partial<BoxState> = {}): string => askedOf({ ...emptyBox, text, ...more }, offered).query;

describe('what is asked for while typing', () => {
  it.each([
    ['chess bo', 'chess bo'],
    ['chess language:', 'chess language:*'],
    ['chess language:ru', 'chess language:*'],
    ['chess language:"ru', 'chess language:*'],
    ['chess language:Rust', 'chess language:Rust'],
    ['chess language:*', 'chess language:*'],
    ['chess -language:', 'chess'],
    ['chess -language:ru', 'chess'],
    ['chess -language:rust', 'chess -language:rust'],
    ['chess -', 'chess'],
    ['-', ''],
    ['"', ''],
    [':', ''],
    ['chess "hello wor', 'chess hello wor'],
    ['"hello wor"', '"hello wor"'],
    ['chess -"hello', 'chess'],
    ['chess status:re', 'chess'],
    ['chess status:ready', 'chess status:ready'],
    ['chess sort:', 'chess'],
    ['chess sort:name', 'chess sort:name'],
    ['chess owner:', 'chess'],
    ['chess owner:de', 'chess owner:de'],
    ['https:', ''],
  ])('%s → %s', (text, query) => expect(typing(text).query).toBe(query));

  it('falls back on the words before while the last can still be completed', () => {
    expect(typing('chess lang').otherwise).toBe('chess');
    expect(typing('chess lang', []).otherwise).toBeNull();
    expect(typing('chess owner:de').otherwise).toBe('chess');
  });

  it('tells where the last word is not asked for as it is written', () => {
    const partly = (text: string): boolean => typing(text).partly;
    expect(['chess language:zz', 'chess -language:ru', 'chess status:re', 'chess "hello wor'].filter(partly)).toHaveLength(4);
    expect(['chess', 'chess ', 'chess language:', 'chess language:rust', 'chess "hello wor"'].filter(partly)).toEqual([]);
    expect(askedOf({ ...emptyBox, text: 'language:zz' }, offered).partly).toBe(false);
  });

  it('keeps chips around what is typed', () => {
    const chips = [{ negated: false, key: 'kind', value: 'game' }];
    expect(askedOf({ ...emptyBox, chips, text: 'language:r', settled: false }, offered).query).toBe('kind:game language:*');
  });
});

describe('what stands', () => {
  it('is asked for as it is', () => {
    expect(settled('chess language:ru')).toBe('chess language:ru');
    expect(settled('title:"the ni')).toBe('title:"the ni');
    expect(settled('-')).toBe('-');
  });
});
