/** One moment by two clocks, both in milliseconds. */
export interface Reading {
  /** `Date.now()`: may be set, and goes on while the machine sleeps. */
  wall: number;
  /** `performance.now()`: never set, and stands still while the machine sleeps. */
  steady: number;
}

/** Smaller differences are the clock being slewed, or a process that had to wait. */
const NOTICED_MS = 2_000;

/** How far the wall clock was moved between two readings, beyond the time that passed: ahead, or back (negative). 0: not noticeably. */
export function leapMs(before: Reading, now: Reading): number {
  const leap = now.wall - before.wall - (now.steady - before.steady);
  return Math.abs(leap) < NOTICED_MS ? 0 : Math.round(leap);
}
