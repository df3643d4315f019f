import { type Bitset, bitset, eachBit, orInto } from './bitset';
import { u32 } from './columns';
import type { SegmentLimits } from './limits';
import { addRows, costsBefore } from './postings';
import type { HotSet, Segment } from './segment';

const LONGEST_PREFIX = 12;

type Counted = Pick<Segment, 'documents' | 'terms' | 'inName' | 'inText' | 'tagsOfTerm' | 'tagsOf' | 'documentsOfTag'>;

/** The documents with a tag of which one of the terms `from` up to `to` is a word. */
export function addTagged(bits: Bitset, { tagsOfTerm, documentsOfTag }: Pick<Segment, 'tagsOfTerm' | 'documentsOfTag'>, from: number, to: number): void {
  for (let at = tagsOfTerm.starts[from]!; at < tagsOfTerm.starts[to]!; at++) {
    const tag = tagsOfTerm.values[at]!;
    addRows(bits, documentsOfTag, tag, tag + 1);
  }
}

/** Beginnings and terms that very many documents hold: typed letter by letter, these are the most common of all queries. */
export function hotSets(segment: Counted, limits: SegmentLimits): HotSet[] {
  const threshold = Math.max(limits.hotEntries, segment.documents * limits.hotShare);
  const entries = entriesBefore(segment);
  const found = new Map<string, [number, number]>();
  const look = (from: number, to: number, length: number): void => {
    if (entries[to]! - entries[from]! < threshold) return;
    if (length > 0) found.set(`${from}-${to}`, [from, to]);
    if (length === LONGEST_PREFIX) return;
    let begin = from;
    while (begin < to) {
      const letter = segment.terms[begin]!.charCodeAt(length);
      let end = begin + 1;
      while (end < to && segment.terms[end]!.charCodeAt(length) === letter) end++;
      // A term that ends here is its own smallest range: looked for as a whole token.
      if (Number.isNaN(letter)) {
        if (entries[end]! - entries[begin]! >= threshold) found.set(`${begin}-${end}`, [begin, end]);
      } else look(begin, end, length + 1);
      begin = end;
    }
  };
  look(0, segment.terms.length, 0);
  return [...found.values()].map(([from, to]) => hotSet(segment, from, to, limits.hotTags));
}

/** What joining the documents of the terms before each costs, in entries of lists. */
function entriesBefore({ terms, inName, inText, tagsOfTerm, documentsOfTag }: Counted): Float64Array {
  const [names, texts, tags] = [costsBefore(inName), costsBefore(inText), costsBefore(documentsOfTag)];
  const before = new Float64Array(terms.length + 1);
  let tagged = 0;
  for (let term = 0; term < terms.length; term++) {
    for (let at = tagsOfTerm.starts[term]!; at < tagsOfTerm.starts[term + 1]!; at++) {
      const tag = tagsOfTerm.values[at]!;
      tagged += tags[tag + 1]! - tags[tag]!;
    }
    before[term + 1] = names[term + 1]! + texts[term + 1]! + tagged;
  }
  return before;
}

function hotSet(segment: Counted, from: number, to: number, mostTags: number): HotSet {
  const inTags = bitset(segment.documents);
  addTagged(inTags, segment, from, to);
  const anywhere = bitset(segment.documents);
  orInto(anywhere, inTags);
  addRows(anywhere, segment.inName, from, to);
  addRows(anywhere, segment.inText, from, to);
  const tags = segment.documentsOfTag.starts.length - 1;
  if (tags > mostTags) return { from, to, inTags, anywhere, tagCounts: null };
  const tagCounts = u32(tags);
  const { starts, values } = segment.tagsOf;
  eachBit(anywhere, (document) => {
    for (let at = starts[document]!; at < starts[document + 1]!; at++) tagCounts[values[at]!]!++;
  });
  return { from, to, inTags, anywhere, tagCounts };
}
