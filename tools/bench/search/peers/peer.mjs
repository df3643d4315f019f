import { createRequire } from 'node:module';
import { join } from 'node:path';
import { root } from '../../../launcher/paths.mjs';

/**
 * A way to answer searches, measured beside the others. Each answers with the first 20, the exact total and the counts
 * of all tags among all documents found.
 * @typedef {{ ids: string[], total: number, tags: number }} PeerAnswer `tags`: how many different ones were counted
 * @typedef {object} Peer
 * @property {(text: string) => PeerAnswer | Promise<PeerAnswer>} search
 * @property {() => number} bytes of the index: in memory for the one in-process, else on disk
 * @property {() => Promise<void> | void} close
 * @typedef {(apps: Iterable<import('../../../corpus/corpus.mjs').CorpusApp>, folder: string) => Promise<Peer> | Peer} OpenPeer `folder`: of its own, removed afterwards
 */

const require = createRequire(import.meta.url);

/** libs/search as it is built: its parser reads the query for every peer, its tokens are what every peer indexes. */
export const search = /** @type {typeof import('../../../../libs/search/src/index')} */ (require(join(root, 'libs/search/dist/index.js')));

export const limit = 20;

/** What people type ends in a prefix; SQL has to be told. @typedef {{ token: string, prefix: boolean }} Word */

/** @param {import('../../../../libs/search/src/index').SearchQuery} query @returns {{ words: Word[], phrases: string[][] }} */
export function partsOf(query) {
  const last = query.texts.length - 1;
  const words = query.texts.flatMap(({ tokens, phrase }, clause) =>
    phrase ? [] : tokens.map((token, at) => ({ token, prefix: query.prefix && clause === last && at === tokens.length - 1 })),
  );
  return { words, phrases: query.texts.filter(({ phrase }) => phrase).map(({ tokens }) => tokens) };
}

/** Edits between two words (optimal string alignment), or to the best beginning of the second. @param {string} from @param {string} to @param {boolean} beginning */
export function distance(from, to, beginning) {
  let [before, row] = [/** @type {number[]} */ ([]), Array.from({ length: to.length + 1 }, (_, at) => at)];
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++) {
      let best = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1]) best = Math.min(best, (before[j - 2] ?? 0) + 1);
      next.push(best);
    }
    [before, row] = [row, next];
  }
  return beginning ? Math.min(...row) : (row[to.length] ?? 0);
}

/** As many documents as make a correction needless, as in libs/search. */
export const few = search.FEW;
/** @param {Word} word */
export const correctable = ({ token }) => token.length >= 4 && !/^\d+$/.test(token);
/** @param {Word} word @param {string[]} candidates @returns {string[]} those within one edit, two from eight letters */
export const withinReach = ({ token, prefix }, candidates) => candidates.filter((term) => distance(token, term, prefix) <= (token.length < 8 ? 1 : 2));
