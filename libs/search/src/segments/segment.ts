import type { TypoIndex } from '../typos/typo-index';
import type { Bitset } from './bitset';
import type { Lists } from './columns';
import type { IdColumn } from './id-column';
import type { Postings } from './postings';
import type { TextColumn } from './text-column';

/** Distinct tags, sorted by key, then folded value, then value. */
export interface TagTable {
  keys: readonly string[];
  /** As written. */
  values: readonly string[];
  folded: readonly string[];
  /** Terms of the key (row 2t) and of the value (row 2t + 1) of tag t. */
  words: Lists;
  /** Tags by folded value, whatever their key. */
  byValue: Uint32Array;
}

/** A range of terms that so many documents hold that their sets are kept ready. */
export interface HotSet {
  /** Terms `from` up to `to`. */
  from: number;
  to: number;
  inTags: Bitset;
  anywhere: Bitset;
  /** Of `anywhere`: documents of each tag; null where there are too many tags for it. */
  tagCounts: Uint32Array | null;
}

/**
 * Documents where two of the most frequent words stand beside each other. Without them "for students" would be looked for
 * in every document with both words, one by one; a phrase with any rarer word has few candidates.
 */
export interface DensePairs {
  /** The terms that take part, ascending. */
  terms: Uint32Array;
  /** Row `a * n + b` for the a-th and b-th of the n terms: bytes `starts[row]` up to `starts[row + 1]`. */
  starts: Uint32Array;
  /** Of each row, how far each document is from the one before (the first from -1), to the base of 128, the highest digit first; all digits but the last with the highest bit set. */
  bytes: Uint8Array;
}

/**
 * An immutable index over some documents. A document's number is its rank by popularity (greatest first, then id), so
 * that lists of documents begin with the best.
 */
export interface Segment {
  documents: number;
  ids: IdColumn;
  popularity: Float64Array;
  /** Milliseconds since 1970. */
  createdAt: Float64Array;
  /** Which of `states` each document is in. */
  stateOf: Uint8Array;
  states: readonly string[];
  documentsOfState: Postings;
  /** Which of `owners` each document has. */
  ownerOf: Uint32Array;
  /** Folded, sorted. */
  owners: readonly string[];
  documentsOfOwner: Lists;

  /** Every token of names, tags and texts, sorted by UTF-16 units: those with a common beginning are one range. */
  terms: readonly string[];
  /** Terms of each document's name in their order. */
  names: Lists;
  texts: TextColumn;
  /** Documents of each term. */
  inName: Postings;
  beginsName: Lists;
  inText: Postings;
  densePairs: DensePairs;
  /** Tags of each term. */
  tagsOfTerm: Lists;

  tags: TagTable;
  tagsOf: Lists<Uint16Array | Uint32Array>;
  documentsOfTag: Postings;
  /** Documents by name, then id; by creation, newest first, then id; and each document's place therein. */
  byName: Uint32Array;
  placeByName: Uint32Array;
  byCreation: Uint32Array;
  placeByCreation: Uint32Array;

  hot: readonly HotSet[];
  /** Made when first needed where the segment is small. */
  typos: TypoIndex | null;
}

/** The first row of a sorted list that is not less than `text`. */
export const lowerBound = (sorted: readonly string[], text: string): number => lowerBoundWithin(sorted, text, 0, sorted.length);

/** The same in the rows `from` up to `to`, which alone need be sorted. */
export function lowerBoundWithin(rows: readonly string[], text: string, from: number, to: number): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (rows[middle]! < text) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Terms that are `token`, or begin with it: `[from, to)`. */
export function termRange({ terms }: Pick<Segment, 'terms'>, token: string, prefix: boolean): [from: number, to: number] {
  const from = lowerBound(terms, token);
  // U+FFFF is no character: nothing that begins with the token sorts after it.
  if (prefix) return [from, lowerBound(terms, `${token}\uffff`)];
  return [from, terms[from] === token ? from + 1 : from];
}

/** The folded name: its tokens joined by a space. */
export function nameOf({ terms, names }: Segment, document: number): string {
  const tokens: string[] = [];
  for (let at = names.starts[document]!; at < names.starts[document + 1]!; at++) tokens.push(terms[names.values[at]!]!);
  return tokens.join(' ');
}

/** The tags with a key and, unless it is null, a folded value: `[from, to)`. */
export function tagRange({ keys, folded }: TagTable, key: string, value: string | null): [from: number, to: number] {
  const from = lowerBound(keys, key);
  const to = lowerBound(keys, `${key}\0`);
  if (value === null) return [from, to];
  const first = lowerBoundWithin(folded, value, from, to);
  return [first, lowerBoundWithin(folded, `${value}\0`, first, to)];
}

/** The tag as written; -1 where it is not there. */
export function tagNumber(tags: TagTable, key: string, folded: string, value: string): number {
  const [from, to] = tagRange(tags, key, folded);
  for (let tag = from; tag < to; tag++) if (tags.values[tag] === value) return tag;
  return -1;
}
