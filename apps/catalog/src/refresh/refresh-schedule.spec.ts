import { refreshDelayMs } from './refresh-schedule';

const settings = { intervalMs: 900_000, maxIntervalMs: 86_400_000 };

describe('the time until the next look', () => {
  it('doubles with each look that brought nothing new, up to the longest', () => {
    expect([0, 1, 2, 6, 7, 40, 1_000_000].map((quiet) => refreshDelayMs(settings, quiet, 0.5) / 900_000)).toEqual([1, 2, 4, 64, 96, 96, 96]);
  });

  it('is a fifth longer or shorter', () => {
    expect(refreshDelayMs(settings, 0, 0)).toBe(720_000);
    expect(refreshDelayMs(settings, 0, 1)).toBe(1_080_000);
    expect(refreshDelayMs(settings, 99, 1)).toBe(103_680_000);
  });

  it('is never below the interval that was asked for, whatever the longest is', () => {
    expect(refreshDelayMs({ intervalMs: 10_000, maxIntervalMs: 1_000 }, 3, 0.5)).toBe(10_000);
  });
});
