type Words = Uint8Array | Uint16Array | Uint32Array;

/** A list of whole numbers that grows, in as many bytes each as its array has: a log has a million of them. */
export class Numbers {
  private array: Words;
  length = 0;

  constructor(private readonly make: (size: number) => Words) {
    this.array = make(64);
  }

  push(value: number): void {
    if (this.length === this.array.length) {
      const larger = this.make(this.length * 2);
      larger.set(this.array);
      this.array = larger;
    }
    this.array[this.length++] = value;
  }

  /** 0 where there is none. */
  at(index: number): number {
    return index < this.length ? (this.array[index] ?? 0) : 0;
  }

  /** Of a list that never decreases: index of the last number that is at most `value`; -1 where all are greater. */
  lastAtMost(value: number): number {
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.array[middle] ?? 0) <= value) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }
}

export const bytes = (): Numbers => new Numbers((size) => new Uint8Array(size));
export const words = (): Numbers => new Numbers((size) => new Uint16Array(size));
export const longs = (): Numbers => new Numbers((size) => new Uint32Array(size));
