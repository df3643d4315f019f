/** How lines say when they came. */
export const TIMES = ['none', 'since', 'clock'] as const;
export type Times = (typeof TIMES)[number];

export const TIME_WORDS: Readonly<Record<Times, string>> = { none: 'No times', since: 'Since start', clock: 'Clock' };
/** Letters that each takes. */
export const TIME_LETTERS: Readonly<Record<Times, number>> = { none: 0, since: 10, clock: 13 };

/** "12.3", "1:02.3" (since the first line, milliseconds) or "14:05:09.123" of the person's own clock. */
export function formatLineTime(times: Times, sinceMs: number, atMs: number): string | null {
  if (times === 'none') return null;
  if (times === 'clock') {
    const at = new Date(atMs);
    return `${[at.getHours(), at.getMinutes(), at.getSeconds()].map((part) => String(part).padStart(2, '0')).join(':')}.${String(at.getMilliseconds()).padStart(3, '0')}`;
  }
  const tenths = Math.floor(sinceMs / 100);
  const minutes = Math.floor(tenths / 600);
  const seconds = ((tenths % 600) / 10).toFixed(1);
  return minutes === 0 ? seconds : `${minutes}:${seconds.padStart(4, '0')}`;
}
