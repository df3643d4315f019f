import { type Lists, u32, u8 } from './columns';

/** The texts of a document besides its name, in the order in which their words lie in the column. */
export const TEXTS = ['slug', 'description', 'readme'] as const;
export const DESCRIPTION = 1;

/**
 * The words of the documents' texts as bytes, so that a million documents take a third of what numbers would: the more
 * frequent a term, the shorter its code. A code is a number to the base of 128, the highest digit first; all digits but the
 * last have the highest bit set. So a code is found among others by its bytes alone, wherever the byte before it has not.
 * Code 0 ends a text.
 */
export interface TextColumn {
  bytes: Uint8Array;
  /** Texts of document `d`: bytes `starts[d]` up to `starts[d + 1]`. */
  starts: Uint32Array;
  codes: Uint32Array;
  /** Term of each code from 1; row 0 is none. */
  terms: Uint32Array;
}

const MORE = 0x80;
const END = 0;

/** @param words terms of text `t` of document `d`: row `d * TEXTS.length + t` */
export function textColumn(terms: number, documents: number, { starts, values }: Lists): TextColumn {
  const { codes, byCode } = codesByFrequency(terms, values);
  const begins = u32(documents + 1);
  for (let document = 0; document < documents; document++) {
    let length = TEXTS.length;
    for (let at = starts[document * TEXTS.length]!; at < starts[(document + 1) * TEXTS.length]!; at++) length += lengthOf(codes[values[at]!]!);
    begins[document + 1] = begins[document]! + length;
  }
  const bytes = u8(begins[documents]!);
  let to = 0;
  for (let row = 0; row < documents * TEXTS.length; row++) {
    for (let at = starts[row]!; at < starts[row + 1]!; at++) to = write(bytes, to, codes[values[at]!]!);
    bytes[to++] = END;
  }
  return { bytes, starts: begins, codes, terms: byCode };
}

function codesByFrequency(terms: number, values: Uint32Array): { codes: Uint32Array; byCode: Uint32Array } {
  const counts = new Uint32Array(terms);
  for (const term of values) counts[term]!++;
  const order = new Uint32Array(terms).map((_, term) => term).sort((a, b) => counts[b]! - counts[a]! || a - b);
  const codes = u32(terms);
  const byCode = u32(terms + 1);
  order.forEach((term, rank) => {
    codes[term] = rank + 1;
    byCode[rank + 1] = term;
  });
  return { codes, byCode };
}

function lengthOf(code: number): number {
  let length = 1;
  for (let rest = code >>> 7; rest > 0; rest >>>= 7) length++;
  return length;
}

function write(bytes: Uint8Array, at: number, code: number): number {
  const end = at + lengthOf(code);
  bytes[end - 1] = code & 0x7f;
  for (let to = end - 2, rest = code >>> 7; to >= at; to--, rest >>>= 7) bytes[to] = (rest & 0x7f) | MORE;
  return end;
}

/** Calls `visit` for each word of the documents `from` up to `to`; between the words of two texts with a term of -1. */
export function eachWord({ bytes, starts, terms }: TextColumn, from: number, to: number, visit: (term: number, text: number, document: number) => void): void {
  for (let document = from; document < to; document++) {
    let text = 0;
    let code = 0;
    for (let at = starts[document]!; at < starts[document + 1]!; at++) {
      const byte = bytes[at]!;
      code = (code << 7) | (byte & 0x7f);
      if (byte >= MORE) continue;
      visit(code === END ? -1 : terms[code]!, text, document);
      if (code === END) text++;
      code = 0;
    }
  }
}

/** The bytes of terms that stand beside each other, to be looked for by `holds`. */
export function pattern({ codes }: TextColumn, terms: readonly number[]): Uint8Array {
  const bytes: number[] = [];
  const digits = new Uint8Array(5);
  for (const term of terms) bytes.push(...digits.subarray(0, write(digits, 0, codes[term]!)));
  return Uint8Array.from(bytes);
}

/** Whether the terms of the pattern stand beside each other in one of the document's texts. */
export function holds({ bytes, starts }: TextColumn, document: number, wanted: Uint8Array): boolean {
  const begin = starts[document]!;
  const last = starts[document + 1]! - wanted.length;
  const first = wanted[0]!;
  for (let from = begin; from <= last; from++) {
    if (bytes[from] !== first || (from > begin && bytes[from - 1]! >= MORE)) continue;
    let at = 1;
    while (at < wanted.length && bytes[from + at] === wanted[at]) at++;
    if (at === wanted.length) return true;
  }
  return false;
}
