import { table } from '../report.mjs';

/** @typedef {import('./tags.mjs').TagResults} TagResults @typedef {import('./tags.mjs').Counts} Counts */

/** Asked for by the issue that ordered ingestion. */
const wanted = { precision: '≥ .97', recall: '≥ .92' };

const share = (/** @type {number} */ part, /** @type {number} */ whole) => (whole === 0 ? '' : (part / whole).toFixed(3).replace(/^0/, ''));
const cells = (/** @type {Counts} */ { found, wrong, missed }) => [share(found, found + wrong), share(found, found + missed), String(found), String(wrong), String(missed)];

/** A row for each key, and below them every tag that is wrong or missing. @param {TagResults} results */
export function tagsTable({ trees, overall, keys, misses, seconds }) {
  const told = misses.map(({ tree, tag, from }) => `${tree}: ${from === null ? `${tag} is missing` : `${tag} is wrong, from ${from}`}`);
  return [
    `Tags of ${trees} labelled repositories, read in ${seconds.toFixed(1)} s`,
    '',
    table([
      ['key', 'precision', 'recall', 'found', 'wrong', 'missed'],
      ...Object.entries(keys).map(([key, counts]) => [key, ...cells(counts)]),
      ['all', ...cells(overall)],
      ['wanted', wanted.precision, wanted.recall, '', '', ''],
    ]),
    ...(told.length > 0 ? ['', ...told] : []),
  ].join('\n');
}
