/** `[from, to)` in UTF-16 code units. May begin before the text or go beyond it, where it lies in several spans. */
export interface Match {
  from: number;
  to: number;
}

/** A plain text to look for, in whatever case; null where there is nothing to look for. */
export function finderOf(query: string): RegExp | null {
  return query === '' ? null : new RegExp(query.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), 'gi');
}

/** The text in pieces, each wholly inside or outside of the matches, which are in order. */
export function cutByMatches(text: string, matches: readonly Match[]): { text: string; matched: boolean }[] {
  const pieces: { text: string; matched: boolean }[] = [];
  let at = 0;
  const push = (to: number, matched: boolean): void => {
    if (to > at) pieces.push({ text: text.slice(at, to), matched });
    at = Math.max(at, to);
  };
  for (const { from, to } of matches) {
    push(Math.min(from, text.length), false);
    push(Math.min(to, text.length), true);
  }
  push(text.length, false);
  return pieces;
}
