import { corpus } from '../../corpus/corpus.mjs';
import { misspellings } from '../../corpus/misspellings.mjs';
import { queries } from '../../corpus/queries.mjs';

/**
 * What every peer is asked.
 * @typedef {{ queries: import('../../corpus/queries.mjs').CorpusQuery[], misspellings: import('../../corpus/misspellings.mjs').Misspelling[] }} Questions
 */

/** To tell whether an app was found, all names must be known; of the largest corpus, which is streamed, a part is taken for the queries alone. */
const wholeUpTo = 200_000;

/** @param {number} apps @returns {Questions} */
export function questionsOf(apps) {
  const sample = [...corpus({ apps: Math.min(apps, wholeUpTo) })];
  return { queries: queries(sample), misspellings: apps <= wholeUpTo ? misspellings(sample) : [] };
}
