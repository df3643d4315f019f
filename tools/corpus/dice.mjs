/**
 * Numbers that follow from a seed alone. Only integer arithmetic, division and addition are used, which every engine
 * rounds alike: Math.pow, Math.log and their like may differ in the last bit between versions of Node.
 */

/** MurmurHash3's last mixing. @param {number} value @returns {number} 32 bits, unsigned */
export function mix(value) {
  let hash = value | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** mulberry32. */
export class Dice {
  /** @param {number} seed @param {number} [throwOf] the same seed has another row of numbers for each */
  constructor(seed, throwOf = 0) {
    this.state = mix(mix(seed) ^ Math.imul(throwOf + 1, 0x9e3779b1)) | 0;
  }

  /** @returns {number} in [0, 1) */
  next() {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  }

  /** @param {number} count @returns {number} a whole number in [0, count) */
  below(count) {
    return Math.floor(this.next() * count);
  }

  /** @param {number} share */
  chance(share) {
    return this.next() < share;
  }

  /** @template T @param {readonly T[]} list @returns {T} each as often as any other */
  pick(list) {
    return /** @type {T} */ (list[this.below(list.length)]);
  }

  /** @template T @param {Ranked<T>} ranked @returns {T} the first ones most often */
  draw({ list, bounds }) {
    const at = this.next();
    let low = 0;
    let high = list.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (at < (bounds[middle] ?? 1)) high = middle;
      else low = middle + 1;
    }
    return /** @type {T} */ (list[low]);
  }

  /** @template T @param {Ranked<T>} ranked @param {number} count @returns {T[]} different ones, fewer where that many are not there */
  drawSome(ranked, count) {
    const drawn = new Set();
    for (let attempt = 0; drawn.size < count && attempt < 4 * count; attempt++) drawn.add(this.draw(ranked));
    return [...drawn];
  }

  /**
   * A rank from an unbounded list: P(rank > x) = √(scale / (scale + x)). Of n such numbers about n^⅔ are different,
   * which is how the words of a growing catalogue behave.
   * @param {number} scale
   */
  rank(scale) {
    const luck = 1 - this.next();
    return Math.floor(Math.min(scale * (1 / (luck * luck) - 1), 2 ** 31));
  }
}

/** @template T @typedef {{ list: readonly T[], bounds: Float64Array }} Ranked */

/**
 * Zipf's law: the k-th of the list has a share of 1 / (k + flatness).
 * @template T
 * @param {readonly T[]} list
 * @param {number} [flatness] the greater, the more even
 * @returns {Ranked<T>}
 */
export function ranked(list, flatness = 1) {
  const bounds = new Float64Array(list.length);
  let sum = 0;
  for (let place = 0; place < list.length; place++) bounds[place] = sum += 1 / (place + flatness);
  for (let place = 0; place < list.length; place++) bounds[place] = (bounds[place] ?? 0) / sum;
  return { list, bounds };
}
