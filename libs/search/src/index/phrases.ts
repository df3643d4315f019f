import type { Lists } from '../segments/columns';
import { FIELDS, type Segment, termRange } from '../segments/segment';

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

/** Whether the terms stand beside each other in one text of the document, or in key or value of one of its tags. */
export function holdsPhrase({ words, tags, tagsOf }: Segment, document: number, terms: readonly number[]): boolean {
  for (let field = 0; field < FIELDS.length; field++) if (rowHolds(words, document * FIELDS.length + field, terms)) return true;
  for (let at = tagsOf.starts[document]!; at < tagsOf.starts[document + 1]!; at++) {
    const tag = tagsOf.values[at]!;
    if (rowHolds(tags.words, tag * 2, terms) || rowHolds(tags.words, tag * 2 + 1, terms)) return true;
  }
  return false;
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
