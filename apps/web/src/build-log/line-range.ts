/** Lines of a log by number, both ends included. */
export interface LineRange {
  from: number;
  to: number;
}

/** `#L12` or `#L10-L20` of an address. */
export function readLineRange(hash: string): LineRange | null {
  const match = /^#L(\d{1,9})(?:-L?(\d{1,9}))?$/.exec(hash);
  if (!match) return null;
  const ends = [Number(match[1]), Number(match[2] ?? match[1])];
  const range = { from: Math.min(...ends), to: Math.max(...ends) };
  return range.from >= 1 ? range : null;
}

export function writeLineRange({ from, to }: LineRange): string {
  return from === to ? `#L${from}` : `#L${from}-L${to}`;
}

/** The range up to a line, from the one that was chosen first: shift-click. */
export function extendTo(chosen: LineRange | null, line: number): LineRange {
  return chosen ? { from: Math.min(chosen.from, line), to: Math.max(line, chosen.from) } : { from: line, to: line };
}
