import { leapMs } from './clock-leap';

const at = (wall: number, steady: number) => ({ wall, steady });

describe('leapMs', () => {
  it('is nothing while both clocks go alike, also after a long wait', () => {
    expect(leapMs(at(1_000, 10), at(2_000, 1_010))).toBe(0);
    expect(leapMs(at(1_000, 10), at(3_601_000, 3_600_010))).toBe(0);
  });

  it('is nothing where the clock is only put right a little', () => {
    expect(leapMs(at(1_000, 10), at(3_500, 1_010))).toBe(0);
    expect(leapMs(at(5_000, 10), at(4_500, 1_010))).toBe(0);
  });

  it('tells how far it was set ahead, or the machine slept, or it was set back', () => {
    expect(leapMs(at(0, 0), at(3_601_000, 1_000))).toBe(3_600_000);
    expect(leapMs(at(3_600_000, 0), at(1_000, 1_000))).toBe(-3_600_000);
  });
});
