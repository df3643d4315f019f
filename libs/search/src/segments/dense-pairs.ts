import { invert, type Lists } from './columns';
import { FIELDS, type Segment } from './segment';

/**
 * Documents where two words, each of which very many texts hold, stand beside each other. Without them "for students" would
 * be looked for in every document with both words, one by one; a phrase with any rarer word has few candidates.
 */
export interface DensePairs {
  /** Row `a * n + b` for the a-th and b-th of the n dense rows of `inText`; a document may stand there twice. */
  documents: Lists;
}

type Texts = Pick<Segment, 'documents' | 'terms' | 'words' | 'inText'>;

export function densePairs({ documents, terms, words: { starts, values }, inText: { dense } }: Texts): DensePairs {
  const place = new Int32Array(terms.length).fill(-1);
  dense.forEach((term, at) => (place[term] = at));
  return {
    documents: invert(dense.length ** 2, (pair) => {
      for (let document = 0; document < documents; document++) {
        for (let row = document * FIELDS.length; row < (document + 1) * FIELDS.length; row++) {
          let before = -1;
          for (let at = starts[row]!; at < starts[row + 1]!; at++) {
            const here = place[values[at]!]!;
            if (before !== -1 && here !== -1) pair(before * dense.length + here, document);
            before = here;
          }
        }
      }
    }),
  };
}

/** The row of a pair of terms; -1 where one of them is not dense. */
export function pairRow({ inText: { dense } }: Pick<Segment, 'inText'>, first: number, second: number): number {
  const [a, b] = [dense.indexOf(first), dense.indexOf(second)];
  return a === -1 || b === -1 ? -1 : a * dense.length + b;
}
