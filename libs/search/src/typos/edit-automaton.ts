/** More edits than this are never asked for; states are kept as windows of `2 * EDITS + 1` positions. */
const EDITS = 2;
const WINDOW = 2 * EDITS + 1;
const WINDOW_BITS = (1 << WINDOW) - 1;

/** No distance within the edits allowed. */
export const TOO_FAR = EDITS + 1;

/**
 * Reads terms unit by unit and says how far they are from a word: the word's optimal string alignment automaton, run on
 * bits. A state is "so many edits, so many units of the word read"; at depth `d` of a term bit `b` of `row[e]` stands for
 * `d - 2 + b` units of the word read with `e` edits. Rows of every depth are kept, so that reading can go back to a
 * shorter beginning and on from there.
 */
export class EditAutomaton {
  /** Deepest beginning of a term that can still be near. */
  readonly depths: number;
  private readonly rows0: Uint8Array;
  private readonly rows1: Uint8Array;
  private readonly rows2: Uint8Array;
  /** Of each depth, the unit that led there, as the start of its row in `places`. */
  private readonly read: Uint32Array;
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
    this.depths = word.length + maxEdits;
    this.stride = this.depths + 2;
    this.rows0 = new Uint8Array(this.stride);
    this.rows1 = new Uint8Array(this.stride);
    this.rows2 = new Uint8Array(this.stride);
    this.read = new Uint32Array(this.stride);
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
    const { stride, places, rows0, rows1, rows2, read } = this;
    const at = unit < this.slots.length ? this.slots[unit]! * stride : 0;
    const matches = places[at + depth]!;
    const zero = rows0[depth]!;
    const one = rows1[depth]!;
    const next = depth + 1;
    // Substituted, or inserted: the window moves on by one.
    let one_ = (one & matches) | zero | (zero >> 1);
    let two_ = (rows2[depth]! & matches) | one | (one >> 1);
    if (depth > 0 && at > 0) {
      // The word has this unit and the one before the other way round.
      const swapped = places[at + depth - 1]! & places[read[depth]! + depth]!;
      one_ |= rows0[depth - 1]! & swapped;
      two_ |= rows1[depth - 1]! & swapped;
    }
    const within = this.withinWord(next);
    const zero_ = zero & matches & within;
    one_ = (one_ | (zero_ << 1)) & within;
    two_ = (two_ | (one_ << 1)) & within;
    rows0[next] = zero_;
    rows1[next] = one_;
    rows2[next] = two_;
    read[next] = at;
    return (zero_ | one_ | two_) !== 0;
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
    if (edits <= 2) this.rows2[depth] = 0;
    if (edits <= 1) this.rows1[depth] = 0;
    if (edits <= 0) this.rows0[depth] = 0;
    return (this.rows0[depth]! | this.rows1[depth]! | this.rows2[depth]!) !== 0;
  }

  /** Whether all edits are made: few units lead on from here, and `eachNext` names them. */
  exhausted(depth: number): boolean {
    return (this.rows0[depth]! | this.rows1[depth]!) === 0;
  }

  /** Where all edits are made: calls `visit` with each unit that leads on, some perhaps twice. */
  eachNext(depth: number, visit: (unit: number) => void): void {
    this.eachUnit(depth - EDITS, this.rows2[depth]!, visit);
    if (depth > 0)
      this.eachUnit(depth - 1 - EDITS, this.rows1[depth - 1]! & this.places[this.read[depth]! + depth]!, visit);
  }

  private eachUnit(from: number, bits: number, visit: (unit: number) => void): void {
    for (let bit = 0; bit < WINDOW; bit++) {
      if (bits & (1 << bit) && from + bit < this.word.length) visit(this.word.charCodeAt(from + bit));
    }
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
