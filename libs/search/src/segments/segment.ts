import type { TypoIndex } from '../typos/typo-index';
import type { Bitset } from './bitset';
import type { Lists } from './columns';
import type { DensePairs } from './dense-pairs';
import type { IdColumn } from './id-column';
import type { Postings } from './postings';

/** The texts of a document, in the order in which their words lie in `Segment.words`. */
export const FIELDS = ['name', 'slug', 'description', 'readme'] as const;
export const NAME = 0;
export const DESCRIPTION = 2;

/** Distinct tags, sorted by key, then folded value, then value. */
export interface TagTable {
  keys: readonly string[];
  /** As written. */
  values: readonly string[];
  folded: readonly string[];
  /** Terms of the key (row 2t) and of the value (row 2t + 1) of tag t. */
  words: Lists;
}

/** A range of terms that so many documents hold that their sets are kept ready. */
export interface HotSet {
  /** Terms `from` up to `to`. */
  from: number;
  to: number;
  inTags: Bitset;
  anywhere: Bitset;
  /** Of `anywhere`: documents of each tag. */
  tagCounts: Uint32Array;
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
  /** Terms of field `f` of document `d` in their order: row `d * FIELDS.length + f`. */
  words: Lists;
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
export function lowerBound(sorted: readonly string[], text: string): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < text) low = middle + 1;
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
export function nameOf({ terms, words }: Segment, document: number): string {
  const row = document * FIELDS.length + NAME;
  const tokens: string[] = [];
  for (let at = words.starts[row]!; at < words.starts[row + 1]!; at++) tokens.push(terms[words.values[at]!]!);
  return tokens.join(' ');
}
