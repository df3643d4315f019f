/** How a grid of equal cards lies on the page. */
export interface GridMetrics {
  columns: number;
  /** CSS pixels from one row to the next. */
  pitch: number;
}

/** Which of a long list's cards are in the document, by their place among all, and the rows left out around them. */
export interface CardWindow {
  from: number;
  to: number;
  rowsBefore: number;
  rowsAfter: number;
}

/** Up to so many cards are all in the document: nothing is measured for them. */
export const ALL_UP_TO = 48;
/** Rows kept above and below what is seen, so that arrows and Tab always find a next card. */
const SPARE_ROWS = 2;

/** @param count of cards, the first included that are no longer held */
export function wholeWindow(count: number): CardWindow {
  return { from: 0, to: count, rowsBefore: 0, rowsAfter: 0 };
}

/**
 * @param top of the grid, in CSS pixels from the top of what is seen; negative once scrolled past
 * @param height of what is seen, in CSS pixels
 */
export function windowOf(count: number, { columns, pitch }: GridMetrics, top: number, height: number): CardWindow {
  if (count <= ALL_UP_TO || columns < 1 || pitch <= 0) return wholeWindow(count);
  const rows = Math.ceil(count / columns);
  const within = (row: number): number => Math.min(Math.max(row, 0), rows);
  const firstRow = within(Math.min(Math.floor(-top / pitch) - SPARE_ROWS, rows - 1));
  const endRow = within(Math.max(Math.ceil((height - top) / pitch) + SPARE_ROWS, firstRow + 1));
  return { from: firstRow * columns, to: Math.min(endRow * columns, count), rowsBefore: firstRow, rowsAfter: rows - endRow };
}
