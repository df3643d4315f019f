import { invert, type Lists, u32 } from './columns';
import type { SegmentLimits } from './limits';
import { FIELDS, type Segment } from './segment';

/**
 * Documents where two of the most frequent words stand beside each other. Without them "for students" would be looked for
 * in every document with both words, one by one; a phrase with any rarer word has few candidates.
 */
export interface DensePairs {
  /** The terms that take part, ascending. */
  terms: Uint32Array;
  /** Row `a * n + b` for the a-th and b-th of the n terms. */
  documents: Lists;
}

type Texts = Pick<Segment, 'documents' | 'terms' | 'words' | 'inText'>;

export function densePairs({ documents, terms, words: { starts, values }, inText }: Texts, { pairsFrom, pairedTerms }: SegmentLimits): DensePairs {
  const paired = documents < pairsFrom ? u32(0) : mostFrequent(inText, pairedTerms);
  const count = paired.length;
  const place = new Int32Array(terms.length).fill(-1);
  paired.forEach((term, at) => (place[term] = at));
  const visit = (pair: (row: number, document: number) => void): void => {
    // A pair that stands in a document twice is listed once.
    const seenIn = new Uint32Array(count ** 2);
    for (let document = 0; document < documents; document++) {
      for (let row = document * FIELDS.length; row < (document + 1) * FIELDS.length; row++) {
        let before = -1;
        for (let at = starts[row]!; at < starts[row + 1]!; at++) {
          const here = place[values[at]!]!;
          if (before !== -1 && here !== -1 && seenIn[before * count + here] !== document + 1) {
            seenIn[before * count + here] = document + 1;
            pair(before * count + here, document);
          }
          before = here;
        }
      }
    }
  };
  return { terms: paired, documents: invert(count ** 2, count > 0 ? visit : () => undefined) };
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
