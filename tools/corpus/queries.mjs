import { Dice, ranked } from './dice.mjs';
import { misspellings, wordsOf } from './misspellings.mjs';

/** @typedef {import('./corpus.mjs').CorpusApp} CorpusApp */
/** @typedef {'typed' | 'words' | 'filters' | 'phrases' | 'negations' | 'misspelled' | 'browsing'} QueryKind */
/** @typedef {{ kind: QueryKind, text: string }} CorpusQuery */

/** What everybody types: as many hits as a catalogue has. */
const common = 'react dashboard kanban board chat music notes python search self-hosted shop game typescript editor monitor api'.split(' ');

/** @param {string} value */
const tagValue = (value) => (/[\s"]/.test(value) ? `"${value}"` : value);

/** Draws apps, words and tags as people would ask for them: of popular apps most often. */
class Asker {
  /** @param {readonly CorpusApp[]} apps @param {number} seed */
  constructor(apps, seed) {
    this.dice = new Dice(seed, 2);
    this.apps = ranked([...apps].sort((a, b) => b.popularity - a.popularity || (a.id < b.id ? -1 : 1)), 40);
  }

  app() {
    return this.dice.draw(this.apps);
  }

  /** @returns {string} a word of some length, of a name or a description */
  word() {
    for (;;) {
      const app = this.app();
      const words = wordsOf(this.dice.chance(0.6) ? app.name : app.description).filter((word) => word.length > 2);
      if (words.length > 0) return this.dice.pick(words);
    }
  }

  /** @returns {string} `key:value` of some app */
  filter() {
    for (;;) {
      const { tags } = this.app();
      const { key, value } = this.dice.pick(tags);
      if (key !== 'port') return `${key}:${tagValue(value)}`;
    }
  }

  /** @returns {string} a name, or two or three words of a description */
  phrase() {
    for (;;) {
      const app = this.app();
      const [whole, words] = this.dice.chance(0.5) ? [true, wordsOf(app.name)] : [false, wordsOf(app.description)];
      if (words.length < (whole ? 2 : 4)) continue;
      const from = whole ? 0 : this.dice.below(words.length - 3);
      return `"${words.slice(from, from + 2 + this.dice.below(2)).join(' ')}"`;
    }
  }
}

/** @param {string} text @returns {string[]} as it is typed, letter by letter; a blank alone changes nothing */
function keystrokes(text) {
  return Array.from({ length: text.length }, (_, end) => text.slice(0, end + 1)).filter((typed) => !typed.endsWith(' '));
}

/**
 * About 1,260 queries, the same for the same apps: typed letter by letter, several words, filters, phrases, negations,
 * misspelled names, and browsing without a word.
 * @param {readonly CorpusApp[]} apps a sample of the corpus, or all of it
 * @param {{ seed?: number }} [options]
 * @returns {CorpusQuery[]}
 */
export function queries(apps, { seed = 7 } = {}) {
  const asker = new Asker(apps, seed);
  const { dice } = asker;
  const times = (/** @type {number} */ count, /** @type {() => string} */ make) => Array.from({ length: count }, make);
  const typed = [...common, ...times(24, () => asker.app().name.toLowerCase()), ...times(16, () => asker.word()), ...times(8, () => `${asker.word()} ${asker.word()}`)];
  /** @type {Record<QueryKind, string[]>} */
  const made = {
    typed: typed.flatMap(keystrokes).slice(0, 500),
    words: times(200, () => times(2 + dice.below(2), () => asker.word()).join(' ')),
    filters: times(200, () => {
      const filter = asker.filter();
      const form = dice.below(6);
      if (form === 0) return `${filter} ${asker.filter()}`;
      if (form === 1) return `${filter.slice(0, filter.indexOf(':'))}:*`;
      if (form === 2) return `${asker.word()} ${filter.slice(0, filter.indexOf(':') + 1)}`;
      return form === 3 ? filter : `${filter} ${asker.word().slice(0, 3 + dice.below(4))}`;
    }),
    phrases: times(60, () => (dice.chance(0.5) ? asker.phrase() : `${asker.phrase()} ${asker.word()}`)),
    negations: times(80, () => {
      const form = dice.below(4);
      if (form === 0) return `${asker.word()} -${asker.filter()}`;
      if (form === 1) return `${asker.filter()} -${asker.word()}`;
      return form === 2 ? `${asker.word()} -${asker.phrase()}` : `-${asker.filter()} -${asker.filter()}`;
    }),
    misspelled: misspellings(apps, { count: 180, seed: seed + 1 }).map(({ text }) => text),
    browsing: times(40, () => {
      const sort = dice.pick(['', '', 'sort:popular', 'sort:recent', 'sort:name']);
      return [dice.chance(0.5) ? asker.filter() : dice.pick(['', 'status:ready', 'status:failed']), sort].filter(Boolean).join(' ');
    }),
  };
  return Object.entries(made).flatMap(([kind, texts]) => texts.map((text) => ({ kind: /** @type {QueryKind} */ (kind), text })));
}
