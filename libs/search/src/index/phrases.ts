import { addBit, andInto, type Bitset, type BitsetPool, eachBit, hasBit, removeBit } from '../segments/bitset';
import type { Lists } from '../segments/columns';
import { eachOfPair, pairRow } from '../segments/dense-pairs';
import { addRows } from '../segments/postings';
import { type Segment, termRange } from '../segments/segment';
import { holds, pattern } from '../segments/text-column';

/** The terms of some tokens in their order; null where one of them does not occur in the segment. */
export function termsOf(segment: Segment, tokens: readonly string[]): number[] | null {
  const terms: number[] = [];
  for (const token of tokens) {
    const [from, to] = termRange(segment, token, false);
    if (from === to) return null;
    terms.push(from);
  }
  return terms;
}

/**
 * Leaves of the candidates those where the terms stand beside each other in one text, or in key or value of one tag.
 * Tags are few: which of them hold the phrase is found once, not document by document.
 */
export function keepPhrase(candidates: Bitset, segment: Segment, pool: BitsetPool, terms: readonly number[]): void {
  const tagged = pool.take();
  const first = segment.tagsOfTerm;
  for (let at = first.starts[terms[0]!]!; at < first.starts[terms[0]! + 1]!; at++) {
    const tag = first.values[at]!;
    if (rowHolds(segment.tags.words, tag * 2, terms) || rowHolds(segment.tags.words, tag * 2 + 1, terms)) addRows(tagged, segment.documentsOfTag, tag, tag + 1);
  }
  let verified = true;
  for (let at = 0; at + 1 < terms.length; at++) {
    const row = pairRow(segment.densePairs, terms[at]!, terms[at + 1]!);
    verified &&= row !== -1 && terms.length === 2;
    if (row === -1) continue;
    const paired = pool.copy(tagged);
    eachOfPair(segment.densePairs, row, (document) => addBit(paired, document));
    andInto(candidates, paired);
  }
  if (verified) return;
  const wanted = pattern(segment.texts, terms);
  eachBit(candidates, (document) => {
    if (!hasBit(tagged, document) && !rowHolds(segment.names, document, terms) && !holds(segment.texts, document, wanted)) removeBit(candidates, document);
  });
}

function rowHolds({ starts, values }: Lists, row: number, terms: readonly number[]): boolean {
  const last = starts[row + 1]! - terms.length;
  for (let from = starts[row]!; from <= last; from++) {
    let at = 0;
    while (at < terms.length && values[from + at] === terms[at]) at++;
    if (at === terms.length) return true;
  }
  return false;
}
