import { documentOf, idColumn, idOf } from './id-column';

describe('ids', () => {
  const ids = ['app_1', 'app_12', '', ...Array.from({ length: 500 }, (_, at) => `app_${(at * 7919).toString(36)}x`)];
  const column = idColumn(ids);

  it('gives each back, and finds each', () => ids.forEach((id, at) => expect([idOf(column, at), documentOf(column, id)]).toEqual([id, at])));
  it.each(['app_', 'app_123', 'nobody', 'app_1\0'])('does not find %j', (id) => expect(documentOf(column, id)).toBe(-1));
  it('of none finds none', () => expect(documentOf(idColumn([]), 'x')).toBe(-1));
  it('refuses what is not ASCII', () => expect(() => idColumn(['é'])).toThrow(RangeError));
});
