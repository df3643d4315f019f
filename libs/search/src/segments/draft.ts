import type { GrowingU32 } from './columns';

/** From this length on V8 makes a slice that keeps the whole text it was cut from in memory: to be kept, it is copied. */
const SLICED = 13;

const ASCII = /^[\0-\x7f]*$/;
/** UTF-16 keeps lone surrogates as they are, and takes twice the memory. */
const copied = (text: string): string => (ASCII.test(text) ? Buffer.from(text, 'latin1').toString('latin1') : Buffer.from(text, 'utf16le').toString('utf16le'));

/** Texts in the order in which they first came. */
export class Interned {
  readonly texts: string[] = [];
  private readonly numbers = new Map<string, number>();

  numberOf(text: string): number {
    const known = this.numbers.get(text);
    if (known !== undefined) return known;
    const own = text.length < SLICED ? text : copied(text);
    this.numbers.set(own, this.texts.length);
    return this.texts.push(own) - 1;
  }
}

/** Documents as they came, not yet in order, in numbers of the writer's own. */
export interface Draft {
  ids: string[];
  popularity: number[];
  createdAt: number[];
  states: Interned;
  stateOf: GrowingU32;
  owners: Interned;
  ownerOf: GrowingU32;
  terms: Interned;
  /** Of each document in turn: how many words its name has, and the words. */
  nameCounts: GrowingU32;
  names: GrowingU32;
  /** The same of each of its texts. */
  wordCounts: GrowingU32;
  words: GrowingU32;
  /** `key`, NUL, `value`. */
  tags: Interned;
  tagCounts: GrowingU32;
  tagsOf: GrowingU32;
}
