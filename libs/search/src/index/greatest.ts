/**
 * Of the rows `from` up to `to` with a count, the first `most` by an order; ties go by row. One pass, and no list of all: a
 * catalogue may have hundreds of thousands of tags.
 * @param compare negative where the first comes before
 */
export function greatest(counts: Uint32Array, most: number, compare: (a: number, b: number) => number, from = 0, to = counts.length): number[] {
  const best: number[] = [];
  for (let row = from; row < to; row++) {
    if (counts[row] === 0) continue;
    if (best.length === most && compare(row, best[most - 1]!) >= 0) continue;
    let at = best.length;
    while (at > 0 && compare(row, best[at - 1]!) < 0) at--;
    best.splice(at, 0, row);
    if (best.length > most) best.pop();
  }
  return best;
}
