import { Dice } from './dice.mjs';

/** @typedef {import('./corpus.mjs').CorpusApp} CorpusApp */
/** @typedef {{ text: string, word: string, misspelled: string, id: string, slug: string }} Misspelling `text`: the query; `id`: of the app that was meant */

/** A word or a name that more apps have does not tell which of them was meant. */
const atMost = 20;
const letters = 'abcdefghijklmnopqrstuvwxyz';

/** @param {string} text @returns {string[]} */
export const wordsOf = (text) => text.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];

/** One edit, anywhere: a letter more, less or another, or two neighbours exchanged. @param {Dice} dice @param {string} word */
function misspell(dice, word) {
  const at = dice.below(word.length);
  switch (dice.below(4)) {
    case 0:
      return word.slice(0, at) + dice.pick([...letters]) + word.slice(at);
    case 1:
      return word.slice(0, at) + word.slice(at + 1);
    case 2:
      return word.slice(0, at) + dice.pick([...letters]) + word.slice(at + 1);
    default:
      return word.slice(0, at) + word.slice(at, at + 2).split('').reverse().join('') + word.slice(at + 2);
  }
}

/** @template K @param {Map<K, number>} counts @param {K} key */
const countOne = (counts, key) => void counts.set(key, (counts.get(key) ?? 0) + 1);

/**
 * Names in which one word was misspelled, and the app that was meant: one edit in words of four to seven letters, one
 * or two from eight. Half of them the word alone, where it tells of few apps; the others the whole name. No result of an
 * edit is a word of another name: nobody could know that it was not meant.
 * @param {readonly CorpusApp[]} apps
 * @param {{ count?: number, seed?: number }} [options]
 * @returns {Misspelling[]}
 */
export function misspellings(apps, { count = 400, seed = 4 } = {}) {
  const dice = new Dice(seed, 1);
  /** @type {Map<string, number>} */
  const withWord = new Map();
  /** @type {Map<string, number>} */
  const withName = new Map();
  for (const { name } of apps) {
    const words = wordsOf(name);
    for (const word of new Set(words)) countOne(withWord, word);
    countOne(withName, words.join(' '));
  }
  /** @type {Misspelling[]} */
  const made = [];
  for (let attempt = 0; made.length < count && attempt < 100 * count; attempt++) {
    const { id, slug, name } = dice.pick(apps);
    const words = wordsOf(name);
    const whole = made.length % 2 === 1;
    if (whole && (words.length < 2 || (withName.get(words.join(' ')) ?? 0) > atMost)) continue;
    const able = words.filter((word) => /^[a-z]{4,}$/.test(word) && (whole || (withWord.get(word) ?? 0) <= atMost));
    if (able.length === 0) continue;
    const word = dice.pick(able);
    let misspelled = misspell(dice, word);
    if (word.length >= 8 && dice.chance(0.5)) misspelled = misspell(dice, misspelled);
    if (withWord.has(misspelled) || misspelled.length < 4) continue;
    made.push({ text: whole ? words.map((each) => (each === word ? misspelled : each)).join(' ') : misspelled, word, misspelled, id, slug });
  }
  return made;
}
