import type { BoxState } from './box-state';
import { chipOf, formatQuery, fragmentOf, withoutSign } from './query-text';
import { kindOf, type Suggestion } from './suggestion';

/** What the hub is asked for while one types. */
export interface Asked {
  query: string;
  /**
   * The query without the word being written: what is shown where `query` finds nothing and the list still offers to complete
   * that word; null where nothing does.
   */
  otherwise: string | null;
  /** `query` says less than what is written: its last word is left out, or read by its key alone. */
  partly: boolean;
}

const LETTER = /[\p{L}\p{N}]/u;
const FILTER = /^([a-z0-9][a-z0-9_.-]{0,63}):(.*)$/is;
const ADDRESS = /^(https?|ssh|git|file):/i;
const STATUSES = new Set(['pending', 'processing', 'ready', 'failed']);
const SORTS = new Set(['relevance', 'popular', 'recent', 'name']);

/**
 * Reads the box. Text that stands is asked for as it is, so that what is wrong with it is told. The last word of text
 * being written is read with patience: a phrase counts by its words until it is closed, a tag by its key until its value is one
 * there is, and what says nothing yet is left out. So results neither vanish nor turn into an error under the hand.
 */
export function askedOf(box: BoxState, suggestions: readonly Suggestion[]): Asked {
  const whole = formatQuery(box);
  const reading = readingOf(box, whole, suggestions);
  // `key:` and `key:*` say the same.
  return { ...reading, partly: reading.query !== whole && reading.query !== `${whole}*` };
}

type Reading = Omit<Asked, 'partly'>;

function readingOf(box: BoxState, whole: string, suggestions: readonly Suggestion[]): Reading {
  const { start } = fragmentOf(box.text);
  const last = box.text.slice(start);
  if (box.settled || last === '') return { query: whole, otherwise: null };
  const withLast = (text: string): string => formatQuery({ chips: box.chips, text: `${box.text.slice(0, start)}${text}` });
  const before = withLast('');

  if (!LETTER.test(last) || ADDRESS.test(last)) return { query: before, otherwise: null };
  const { negated, rest } = withoutSign(last);
  const open = (rest.replace(/\\./g, '').match(/"/g)?.length ?? 0) % 2 === 1;
  if (rest.startsWith('"')) {
    if (!open) return { query: whole, otherwise: null };
    return { query: negated ? before : withLast(wordsOf(rest)), otherwise: null };
  }
  const filter = FILTER.exec(rest);
  if (!filter) return { query: whole, otherwise: suggestions.some((one) => kindOf(one) !== 'app') ? before : null };
  const key = (filter[1] ?? '').toLowerCase();
  const value = chipOf(rest)?.value.toLowerCase() ?? '';
  const whether = (known: boolean): Reading => ({ query: known ? whole : before, otherwise: null });
  switch (key) {
    case 'status':
      return whether(STATUSES.has(value));
    case 'sort':
      return whether(SORTS.has(value));
    case 'owner':
      return value === '' ? whether(false) : { query: whole, otherwise: before };
  }
  const known = value === '*' || suggestions.some((one) => one.key === key && one.value?.toLowerCase() === value);
  if (known && !open) return { query: whole, otherwise: null };
  return { query: negated ? before : withLast(`${key}:*`), otherwise: null };
}

/** The words of a phrase that is not closed yet: they find all that the phrase will, and more. */
const wordsOf = (phrase: string): string => phrase.replace(/[^\p{L}\p{M}\p{N}+#]+/gu, ' ').trim();
