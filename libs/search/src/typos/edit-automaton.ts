/** More edits than this are never asked for; states are kept as windows of `2 * EDITS + 1` positions. */
const EDITS = 2;
const WINDOW = 2 * EDITS + 1;
const WINDOW_BITS = (1 << WINDOW) - 1;

/** A bit for a unit, in sets that tell quickly that none of some units is there. Latin letters have one each. */
export function unitBit(unit: number): number {
  return unit >= 0x61 && unit <= 0x7a ? 1 << (unit - 0x61) : 1 << (26 + (unit % 6));
}

/** No such set: whichever unit follows has to be read. */
const ANY = -1;

/** No distance within the edits allowed. */
export const TOO_FAR = EDITS + 1;

/**
 * Reads terms unit by unit and says how far they are from a word: the word's optimal string alignment automaton, run on
 * bits. A state is "so many edits, so many units of the word read"; at depth `d` of a term bit `b` of `row[e]` stands for
 * `d - 2 + b` units of the word read with `e` edits. Rows of every depth are kept, so that reading can go back to a
 * shorter beginning and on from there.
 */
export class EditAutomaton {
  private readonly rows0: Uint8Array;
  private readonly rows1: Uint8Array;
  private readonly rows2: Uint8Array;
  /** Of each depth, the unit that led there, as the start of its row in `places`. */
  private readonly read: Uint32Array;
  /** `unitBit` of each of the word's units; behind its end nothing is wanted. */
  private readonly wordBits: Int32Array;
  /** Of each depth, the bits of the units that may follow; `ANY` where that is not certain. */
  private readonly wantedUnits: Int32Array;
  /** At which depths the next row is that of a unit foreign to the word, from the row as it is: they are all the same. */
  private readonly readForeign: Uint8Array;
  /** By unit: which of the word's distinct units it is, from 1; 0 for none. */
  private readonly slots: Uint16Array;
  /** `places[slot * stride + depth]`: where in the window at that depth the word has the unit. */
  private readonly places: Uint8Array;
  private readonly stride: number;
  /** With fewer edits allowed than the rows can count, some count as made already. */
  private readonly spent: number;

  constructor(
    private readonly word: string,
    maxEdits: 1 | 2,
  ) {
    this.spent = EDITS - maxEdits;
    // Down to the deepest beginning that can still be near, and the one below, where reading ends.
    this.stride = word.length + maxEdits + 2;
    this.rows0 = new Uint8Array(this.stride);
    this.rows1 = new Uint8Array(this.stride);
    this.rows2 = new Uint8Array(this.stride);
    this.read = new Uint32Array(this.stride);
    this.wantedUnits = new Int32Array(this.stride).fill(ANY);
    this.wordBits = new Int32Array(word.length + WINDOW);
    for (let at = 0; at < word.length; at++) this.wordBits[at] = unitBit(word.charCodeAt(at));
    this.readForeign = new Uint8Array(this.stride);
    this.slots = this.numberUnits();
    this.places = this.placeUnits();
    const within = this.withinWord(0);
    const start = 1 << EDITS;
    this.rows0[0] = this.spent === 0 ? start : 0;
    this.rows1[0] = (this.spent === 0 ? start << 1 : start) & within;
    this.rows2[0] = (this.spent === 0 ? start << 2 : start << 1) & within;
  }

  /**
   * Reads `unit` behind the beginning of `depth` units that was read last at that depth.
   * @returns false when no term that goes on from here is near
   */
  step(depth: number, unit: number): boolean {
    const row = unit < this.slots.length ? this.slots[unit]! * this.stride : 0;
    const next = depth + 1;
    if (row > 0) this.advance(depth, row);
    else if (!this.readForeign[depth]) this.advance(depth, 0);
    this.readForeign[depth] = row === 0 ? 1 : 0;
    return (this.rows0[next]! | this.rows1[next]! | this.rows2[next]!) !== 0;
  }

  private advance(depth: number, row: number): void {
    const { places, rows0, rows1, rows2, read } = this;
    const matches = places[row + depth]!;
    const next = depth + 1;
    const one = rows1[depth]!;
    const zero = rows0[depth]!;
    // Substituted, or inserted: the window moves on by one.
    let nextOne = (one & matches) | zero | (zero >> 1);
    let nextTwo = (rows2[depth]! & matches) | one | (one >> 1);
    if (depth > 0 && row > 0) {
      // The word has this unit and the one before the other way round.
      const swapped = places[row + depth - 1]! & places[read[depth]! + depth]!;
      nextOne |= rows0[depth - 1]! & swapped;
      nextTwo |= rows1[depth - 1]! & swapped;
    }
    const within = this.withinWord(next);
    const nextZero = zero & matches & within;
    nextOne = (nextOne | (nextZero << 1)) & within;
    nextTwo = (nextTwo | (nextOne << 1)) & within;
    rows0[next] = nextZero;
    rows1[next] = nextOne;
    rows2[next] = nextTwo;
    read[next] = row;
    this.readForeign[next] = 0;
    // Once all edits are made only few units lead on.
    const exhausted = (nextZero | nextOne) === 0 && this.distance(next) === TOO_FAR;
    this.wantedUnits[next] = exhausted ? this.bitsOfNext(next) : ANY;
  }

  /** Distance of the word from the beginning of `depth` units; `TOO_FAR` beyond the edits allowed. */
  distance(depth: number): number {
    const place = this.word.length - depth + EDITS;
    if (place < 0 || place >= WINDOW) return TOO_FAR;
    const bit = 1 << place;
    if (this.rows0[depth]! & bit) return -this.spent;
    if (this.rows1[depth]! & bit) return 1 - this.spent;
    return this.rows2[depth]! & bit ? EDITS - this.spent : TOO_FAR;
  }

  /** Forgets what cannot lead to a distance below `limit`. @returns whether anything is left */
  keepBelow(depth: number, limit: number): boolean {
    const edits = limit + this.spent;
    if (edits > EDITS) return true;
    // What the parent has in this row is no longer what reading a unit gave.
    if (depth > 0) this.readForeign[depth - 1] = 0;
    this.wantedUnits[depth] = ANY;
    this.rows2[depth] = 0;
    if (edits <= 1) this.rows1[depth] = 0;
    if (edits <= 0) this.rows0[depth] = 0;
    return (this.rows0[depth]! | this.rows1[depth]! | this.rows2[depth]!) !== 0;
  }

  /** Whether a beginning of `depth` units may lead on with one of the units that these bits (`unitBit`) stand for. */
  mayFollow(depth: number, bits: number): boolean {
    const wanted = this.wantedUnits[depth]!;
    return wanted === ANY || (wanted & bits) !== 0;
  }

  private bitsOfNext(depth: number): number {
    const from = depth - EDITS;
    const swappable = this.swappable(depth);
    let bits = 0;
    for (let rest = this.rows2[depth]!, at = from; rest > 0; rest >>= 1, at++) if (rest & 1) bits |= this.wordBits[at]!;
    for (let rest = swappable, at = from - 1; rest > 0; rest >>= 1, at++) if (rest & 1) bits |= this.wordBits[at]!;
    return bits;
  }

  /** Where the unit read last would be right if the word's unit before it followed. */
  private swappable(depth: number): number {
    return depth === 0 ? 0 : this.rows1[depth - 1]! & this.places[this.read[depth]! + depth]!;
  }

  /** Bits of the window that are not beyond the word's end. */
  private withinWord(depth: number): number {
    const bits = this.word.length - depth + EDITS + 1;
    if (bits >= WINDOW) return WINDOW_BITS;
    return bits <= 0 ? 0 : (1 << bits) - 1;
  }

  private numberUnits(): Uint16Array {
    let greatest = 0;
    for (let at = 0; at < this.word.length; at++) greatest = Math.max(greatest, this.word.charCodeAt(at));
    const slots = new Uint16Array(greatest + 1);
    let count = 0;
    for (let at = 0; at < this.word.length; at++) slots[this.word.charCodeAt(at)] ||= ++count;
    return slots;
  }

  private placeUnits(): Uint8Array {
    const places = new Uint8Array((this.word.length + 1) * this.stride);
    for (let at = 0; at < this.word.length; at++) {
      const row = this.slots[this.word.charCodeAt(at)]! * this.stride;
      for (let bit = 0; bit < WINDOW; bit++) {
        const depth = at + EDITS - bit;
        if (depth >= 0 && depth < this.stride) places[row + depth]! |= 1 << bit;
      }
    }
    return places;
  }
}
