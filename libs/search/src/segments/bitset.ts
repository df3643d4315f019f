import { u32 } from './columns';

/** A set of documents of one segment: document `d` is bit `d & 31` of word `d >>> 5`. */
export type Bitset = Uint32Array;

export const bitset = (documents: number): Bitset => u32((documents + 31) >>> 5);

/** Every document; bits beyond the last are zero, here and in all sets made from it. */
export function fullBitset(documents: number): Bitset {
  const bits = bitset(documents).fill(0xffff_ffff);
  const rest = documents & 31;
  if (rest > 0) bits[bits.length - 1] = 2 ** rest - 1;
  return bits;
}

export const hasBit = (bits: Bitset, document: number): boolean => ((bits[document >>> 5]! >>> (document & 31)) & 1) === 1;

export function addBit(bits: Bitset, document: number): void {
  bits[document >>> 5]! |= 1 << (document & 31);
}

export function removeBit(bits: Bitset, document: number): void {
  bits[document >>> 5]! &= ~(1 << (document & 31));
}

/** Adds the documents at `values[from]` up to `values[to]`. */
export function scatter(bits: Bitset, values: Uint32Array, from: number, to: number): void {
  for (let at = from; at < to; at++) {
    const document = values[at]!;
    bits[document >>> 5]! |= 1 << (document & 31);
  }
}

export function orInto(bits: Bitset, other: Bitset): void {
  for (let at = 0; at < bits.length; at++) bits[at]! |= other[at]!;
}

export function andInto(bits: Bitset, other: Bitset): void {
  for (let at = 0; at < bits.length; at++) bits[at]! &= other[at]!;
}

export function andNotInto(bits: Bitset, other: Bitset): void {
  for (let at = 0; at < bits.length; at++) bits[at]! &= ~other[at]!;
}

/** Set bits of a 32-bit word (Hacker's Delight, 5-1). */
export function countWord(word: number): number {
  let x = word - ((word >>> 1) & 0x5555_5555);
  x = (x & 0x3333_3333) + ((x >>> 2) & 0x3333_3333);
  return Math.imul((x + (x >>> 4)) & 0x0f0f_0f0f, 0x0101_0101) >>> 24;
}

export function countBits(bits: Bitset): number {
  let count = 0;
  for (let at = 0; at < bits.length; at++) count += countWord(bits[at]!);
  return count;
}

/** Calls `visit` for each document in ascending order, until it returns true. */
export function eachBit(bits: Bitset, visit: (document: number) => boolean | void): void {
  for (let at = 0; at < bits.length; at++) {
    let word = bits[at]!;
    while (word !== 0) {
      const lowest = word & -word;
      if (visit((at << 5) + 31 - Math.clz32(lowest)) === true) return;
      word ^= lowest;
    }
  }
}

/** Sets kept between queries: what usual ones take. */
const MOST_KEPT = 32;

/** Sets that live for one query: taken and given back, so that a keystroke leaves no garbage of 12 kB pieces. */
export class BitsetPool {
  private readonly free: Bitset[] = [];
  private taken: Bitset[] = [];

  constructor(private readonly documents: number) {}

  /** An empty set, until `release`. */
  take(): Bitset {
    const bits = this.free.pop()?.fill(0) ?? this.make();
    this.taken.push(bits);
    return bits;
  }

  copy(other: Bitset): Bitset {
    const bits = this.free.pop() ?? this.make();
    bits.set(other);
    this.taken.push(bits);
    return bits;
  }

  /** Takes back all that was given out. */
  release(): void {
    this.free.push(...this.taken.slice(0, MOST_KEPT - this.free.length));
    this.taken = [];
  }

  /** Of this thread alone: no other ever sees it. */
  private make(): Bitset {
    return new Uint32Array((this.documents + 31) >>> 5);
  }
}
