import { u32, u8 } from './columns';
import type { SegmentLimits } from './limits';
import type { DensePairs, Segment } from './segment';
import { eachWord } from './text-column';

type Texts = Pick<Segment, 'documents' | 'terms' | 'names' | 'texts' | 'inText'>;

export function densePairs(segment: Texts, { pairsFrom, pairedTerms }: SegmentLimits): DensePairs {
  const paired = segment.documents < pairsFrom ? u32(0) : mostFrequent(segment.inText, pairedTerms);
  const rows = paired.length ** 2;
  const starts = u32(rows + 1);
  if (rows === 0) return { terms: paired, starts, bytes: u8(0) };
  eachPair(segment, paired, (row, distance) => {
    starts[row + 1] = starts[row + 1]! + digits(distance);
  });
  for (let row = 0; row < rows; row++) starts[row + 1]! += starts[row]!;
  const bytes = u8(starts[rows]!);
  const next = starts.slice(0, rows);
  eachPair(segment, paired, (row, distance) => {
    const end = next[row]! + digits(distance);
    for (let at = end - 1, rest = distance; at >= next[row]!; at--, rest >>>= 7) bytes[at] = (rest & 0x7f) | (at === end - 1 ? 0 : 0x80);
    next[row] = end;
  });
  return { terms: paired, starts, bytes };
}

function digits(value: number): number {
  let count = 1;
  for (let rest = value >>> 7; rest > 0; rest >>>= 7) count++;
  return count;
}

/** Each pair once a document, in ascending order of documents, with the distance to the pair's document before. */
function eachPair({ documents, terms, names, texts }: Texts, paired: Uint32Array, visit: (row: number, distance: number) => void): void {
  const place = new Int32Array(terms.length).fill(-1);
  paired.forEach((term, at) => (place[term] = at));
  const last = new Int32Array(paired.length ** 2).fill(-1);
  let before = -1;
  const step = (term: number, document: number): void => {
    const here = term === -1 ? -1 : place[term]!;
    const row = before * paired.length + here;
    if (before !== -1 && here !== -1 && last[row] !== document) {
      visit(row, document - last[row]!);
      last[row] = document;
    }
    before = here;
  };
  for (let document = 0; document < documents; document++) {
    for (let at = names.starts[document]!; at < names.starts[document + 1]!; at++) step(names.values[at]!, document);
    step(-1, document);
    eachWord(texts, document, document + 1, (term) => step(term, document));
  }
}

function mostFrequent({ dense, denseCounts }: Segment['inText'], most: number): Uint32Array {
  const order = [...dense.keys()].sort((a, b) => denseCounts[b]! - denseCounts[a]!).slice(0, most);
  const terms = u32(order.length);
  terms.set(order.map((at) => dense[at]!).sort((a, b) => a - b));
  return terms;
}

/** The row of a pair of terms; -1 where one of them takes no part. */
export function pairRow({ terms }: DensePairs, first: number, second: number): number {
  const [a, b] = [terms.indexOf(first), terms.indexOf(second)];
  return a === -1 || b === -1 ? -1 : a * terms.length + b;
}

/** Calls `visit` for each document of a row, in ascending order. */
export function eachOfPair({ starts, bytes }: DensePairs, row: number, visit: (document: number) => void): void {
  let document = -1;
  let distance = 0;
  for (let at = starts[row]!; at < starts[row + 1]!; at++) {
    const byte = bytes[at]!;
    distance = (distance << 7) | (byte & 0x7f);
    if (byte >= 0x80) continue;
    document += distance;
    distance = 0;
    visit(document);
  }
}
