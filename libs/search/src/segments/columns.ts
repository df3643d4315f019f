/**
 * Columns of numbers. On shared memory, so that another thread reads a segment, or hands over a new one, without a copy.
 */
export const u8 = (length: number): Uint8Array => new Uint8Array(new SharedArrayBuffer(length));
export const u16 = (length: number): Uint16Array => new Uint16Array(new SharedArrayBuffer(length * 2));
export const u32 = (length: number): Uint32Array => new Uint32Array(new SharedArrayBuffer(length * 4));
export const f64 = (length: number): Float64Array => new Float64Array(new SharedArrayBuffer(length * 8));

/** Numbers of 32 bits, as many as come. */
export class GrowingU32 {
  length = 0;
  private data = new Uint32Array(1024);

  push(value: number): void {
    if (this.length === this.data.length) {
      const larger = new Uint32Array(this.data.length * 2);
      larger.set(this.data);
      this.data = larger;
    }
    this.data[this.length++] = value;
  }

  /** A view of what is there; valid until the next push. */
  view(): Uint32Array {
    return this.data.subarray(0, this.length);
  }
}

/** For each of some rows a list of numbers: those of row `r` lie at `starts[r]` up to `starts[r + 1]`. */
export interface Lists<Values extends Uint16Array | Uint32Array = Uint32Array> {
  starts: Uint32Array;
  values: Values;
}

/**
 * Turns "row → values" around.
 * @param visit calls its argument for each pair, in ascending order of values; called twice, it must say the same
 */
export function invert(rows: number, visit: (pair: (row: number, value: number) => void) => void): Lists {
  const starts = u32(rows + 1);
  visit((row) => {
    starts[row + 1]!++;
  });
  for (let row = 0; row < rows; row++) starts[row + 1]! += starts[row]!;
  const next = starts.slice(0, rows);
  const values = u32(starts[rows]!);
  visit((row, value) => {
    values[next[row]!++] = value;
  });
  return { starts, values };
}
