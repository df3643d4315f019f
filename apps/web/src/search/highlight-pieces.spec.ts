import { pieces } from './highlight-pieces';

describe('pieces', () => {
  it('marks ranges, however they come', () => {
    const shown = (ranges: [number, number][]) => pieces('living apps', ranges).map(({ text, marked }) => (marked ? `[${text}]` : text)).join('');
    expect(shown([])).toBe('living apps');
    expect(shown([[7, 10], [0, 3]])).toBe('[liv]ing [app]s');
    expect(shown([[0, 4], [2, 6]])).toBe('[livi][ng] apps');
    expect(shown([[9, 99]])).toBe('living ap[ps]');
  });
});
