import { mix } from './dice.mjs';
import { makeApp } from './make-app.mjs';

/**
 * One app of the catalogue; what `SearchDocument` of libs/search asks for is in it.
 * @typedef {object} CorpusApp
 * @property {string} id `app_` and 26 characters
 * @property {string} slug `owner/name`, unique
 * @property {string} name
 * @property {string} description one line
 * @property {string} readme text of the README, a few lines at most
 * @property {{ key: string, value: string }[]} tags each once
 * @property {'ready' | 'failed'} status
 * @property {number} popularity launches so far
 * @property {number} createdAt milliseconds since 1970
 */

export const defaultSeed = 1922;

/** Nothing here may depend on the clock. */
const firstDay = Date.UTC(2022, 10, 4);
const lastDay = Date.UTC(2025, 10, 4);
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

/** @param {number} value @param {number} length */
function base32(value, length) {
  let text = '';
  for (let rest = value; text.length < length; rest = Math.floor(rest / 32)) text = alphabet.charAt(rest % 32) + text;
  return text;
}

/**
 * Apps that look like those of a real catalogue: the same seed gives the same bytes on every machine, and a larger
 * number of apps begins with the smaller one. Of 100,000 apps: about 55,000 different words, 5.9 tags each of some 380
 * different ones, launches after Zipf's law.
 * @param {{ apps: number, seed?: number }} options
 * @returns {Generator<CorpusApp, void>}
 */
export function* corpus({ apps, seed = defaultSeed }) {
  /** How many have this slug already. @type {Map<string, number>} */
  const taken = new Map();
  for (let number = 0; number < apps; number++) {
    const { owner, repository, age, ...app } = makeApp(seed, number);
    const plain = `${owner}/${repository}`;
    const before = taken.get(plain) ?? 0;
    taken.set(plain, before + 1);
    // Twice dashed, which no repository's own name is: `board-2` may be another app.
    const slug = before === 0 ? plain : `${plain}--${before + 1}`;
    const createdAt = Math.floor(firstDay + age * (lastDay - firstDay));
    const id = `app_${base32(createdAt, 10)}${base32(mix(seed ^ number), 7)}${base32(number, 9)}`;
    yield { id, slug, ...app, createdAt };
  }
}
