import { type Bitset, bitset, eachBit, orInto, scatter } from './bitset';
import { type Lists, u32 } from './columns';

/**
 * The documents of each of some rows (terms or tags). A row that holds many, and more than a 32nd of all documents, is a set, which
 * then takes less than the list, and is joined to others far faster; its list is empty.
 */
export interface Postings extends Lists {
  /** Rows that are sets, ascending; their sets; and how many documents are in each. */
  dense: Uint32Array;
  sets: readonly Bitset[];
  denseCounts: Uint32Array;
}

/** @param least documents that a row must hold to be a set, whatever its share */
export function postings(documents: number, { starts, values }: Lists, least: number): Postings {
  const rows = starts.length - 1;
  const dense: number[] = [];
  for (let row = 0; row < rows; row++) {
    const count = starts[row + 1]! - starts[row]!;
    if (count >= least && count * 32 > documents) dense.push(row);
  }
  const sets = dense.map((row) => {
    const bits = bitset(documents);
    scatter(bits, values, starts[row]!, starts[row + 1]!);
    return bits;
  });
  const denseCounts = u32(dense.length);
  dense.forEach((row, at) => (denseCounts[at] = starts[row + 1]! - starts[row]!));
  const sparse = dense.length > 0 ? compacted({ starts, values }, new Set(dense)) : { starts, values };
  const denseRows = u32(dense.length);
  denseRows.set(dense);
  return { ...sparse, dense: denseRows, sets, denseCounts };
}

function compacted({ starts, values }: Lists, without: ReadonlySet<number>): Lists {
  const rows = starts.length - 1;
  const kept = u32(rows + 1);
  for (let row = 0; row < rows; row++) kept[row + 1] = kept[row]! + (without.has(row) ? 0 : starts[row + 1]! - starts[row]!);
  const left = u32(kept[rows]!);
  for (let row = 0; row < rows; row++) if (!without.has(row)) left.set(values.subarray(starts[row]!, starts[row + 1]!), kept[row]!);
  return { starts: kept, values: left };
}

/** Index of the first dense row that is not before `row`. */
function firstDense(dense: Uint32Array, row: number): number {
  let low = 0;
  let high = dense.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (dense[middle]! < row) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Adds the documents of the rows `from` up to `to`. */
export function addRows(bits: Bitset, { starts, values, dense, sets }: Postings, from: number, to: number): void {
  if (from >= to) return;
  scatter(bits, values, starts[from]!, starts[to]!);
  for (let at = firstDense(dense, from); at < dense.length && dense[at]! < to; at++) orInto(bits, sets[at]!);
}

/** How many documents a row holds. */
export function countOfRow({ starts, dense, denseCounts }: Postings, row: number): number {
  const listed = starts[row + 1]! - starts[row]!;
  if (listed > 0) return listed;
  const at = firstDense(dense, row);
  return dense[at] === row ? denseCounts[at]! : 0;
}

/** Calls `visit` for each document of the rows `from` up to `to`, of each row in ascending order, until it returns true. @returns whether it did */
export function eachOfRows({ starts, values, dense, sets }: Postings, from: number, to: number, visit: (document: number) => boolean | void): boolean {
  if (from >= to) return false;
  for (let at = starts[from]!; at < starts[to]!; at++) if (visit(values[at]!) === true) return true;
  let stopped = false;
  for (let at = firstDense(dense, from); at < dense.length && dense[at]! < to && !stopped; at++) {
    eachBit(sets[at]!, (document) => (stopped = visit(document) === true));
  }
  return stopped;
}

/** What joining the rows before each costs, in entries of lists: a dense row costs as many operations as a set has words. */
export function costsBefore({ starts, dense, sets }: Postings): Float64Array {
  const costs = new Float64Array(starts.length);
  for (let row = 0, at = 0; row < starts.length - 1; row++) {
    const isDense = dense[at] === row;
    costs[row + 1] = costs[row]! + starts[row + 1]! - starts[row]! + (isDense ? sets[at]!.length / 2 : 0);
    if (isDense) at++;
  }
  return costs;
}
