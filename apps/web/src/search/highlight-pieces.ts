export interface Piece {
  text: string;
  start: number;
  marked: boolean;
}

/** Cuts a text at the ranges to be marked. Ranges may come in any order, overlap, or reach past the end. */
export function pieces(text: string, ranges: readonly (readonly [number, number])[]): Piece[] {
  const found: Piece[] = [];
  let end = 0;
  const push = (until: number, marked: boolean): void => {
    if (until > end) found.push({ text: text.slice(end, until), start: end, marked });
    end = Math.max(end, until);
  };
  for (const [from, to] of [...ranges].sort((a, b) => a[0] - b[0])) {
    push(Math.min(from, text.length), false);
    push(Math.min(to, text.length), true);
  }
  push(text.length, false);
  return found;
}
