/** Where a card lies on the page, in CSS pixels. */
export interface CardPlace {
  left: number;
  top: number;
  width: number;
}

export type WalkKey = 'ArrowLeft' | 'ArrowRight' | 'ArrowUp' | 'ArrowDown' | 'Home' | 'End';

/** Cards whose tops differ by less are in one row: a lifted card is still beside its neighbours. */
const SAME_ROW = 24;

function rowsOf(places: readonly CardPlace[]): number[][] {
  const rows: number[][] = [];
  let top = Number.NEGATIVE_INFINITY;
  places.forEach((place, index) => {
    if (place.top - top > SAME_ROW) {
      rows.push([]);
      top = place.top;
    }
    rows.at(-1)?.push(index);
  });
  return rows;
}

const middle = (place: CardPlace | undefined): number => (place ? place.left + place.width / 2 : 0);

/**
 * The card an arrow leads to, in a grid or in shelf rows that scroll on their own; `box` where it leads back up
 * to the search box. It goes by what is seen, so it needs to know nothing of columns.
 */
export function walk(places: readonly CardPlace[], from: number, key: WalkKey): number | 'box' {
  const rows = rowsOf(places);
  const row = rows.findIndex((cards) => cards.includes(from));
  const cards = rows[row];
  if (!cards) return from;
  const column = cards.indexOf(from);
  switch (key) {
    case 'ArrowLeft':
      return cards[column - 1] ?? from;
    case 'ArrowRight':
      return cards[column + 1] ?? from;
    case 'Home':
      return cards[0] ?? from;
    case 'End':
      return cards.at(-1) ?? from;
    case 'ArrowUp':
      return row === 0 ? 'box' : nearest(places, rows[row - 1] ?? [], middle(places[from]), from);
    case 'ArrowDown':
      return nearest(places, rows[row + 1] ?? [], middle(places[from]), from);
  }
}

function nearest(places: readonly CardPlace[], row: readonly number[], x: number, otherwise: number): number {
  let best = otherwise;
  let distance = Number.POSITIVE_INFINITY;
  for (const index of row) {
    const away = Math.abs(middle(places[index]) - x);
    if (away < distance) [best, distance] = [index, away];
  }
  return best;
}
