import { withinMs } from './time-limit';

describe('a time limit', () => {
  it('gives what was made in time', () => {
    expect(withinMs(10_000, () => 7)).toBe(7);
  });
  it('hands through what goes wrong', () => {
    expect(() => withinMs(10_000, () => { throw new RangeError('odd'); })).toThrow('odd');
  });
  it('ends what would never end, whatever it catches', () => {
    expect(() => withinMs(50, () => { for (;;) { try { for (;;); } catch { /* goes on */ } } })).toThrow('timed out');
    expect(withinMs(10_000, () => 7)).toBe(7);
  });
});
