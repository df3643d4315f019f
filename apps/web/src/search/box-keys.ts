import type { TagSuggestion } from '@osiris/contracts';
import { type Chip, chipOf, formatChip, formatQuery, formatTag, fragmentOf, takeClosedChips, withoutDoubles } from './query-text';

/** What the search box holds. */
export interface BoxState {
  chips: Chip[];
  text: string;
  /** Whether the list of suggestions is asked for; it shows where there are any. */
  open: boolean;
  /** Index of the suggestion under the cursor; -1 for none. */
  highlighted: number;
}

export interface BoxSurroundings {
  suggestions: readonly TagSuggestion[];
  /** How many result cards can take the focus. */
  results: number;
  /** Whether the caret stands before all text with nothing selected. */
  atStart: boolean;
}

/** `pass`: the browser does what it always does with this key. */
export type BoxEffect = 'pass' | 'stay' | 'focus-results';
export interface BoxStep {
  state: BoxState;
  effect: BoxEffect;
}

export const emptyBox: BoxState = { chips: [], text: '', open: false, highlighted: -1 };

export function typeText(state: BoxState, text: string): BoxState {
  const taken = takeClosedChips(text);
  return { chips: withoutDoubles([...state.chips, ...taken.chips]), text: taken.text, open: true, highlighted: -1 };
}

/** A key leaves `key:` and goes on to its values; a value closes the chip. */
export function acceptSuggestion(state: BoxState, suggestion: TagSuggestion): BoxState {
  const fragment = fragmentOf(state.text);
  const before = state.text.slice(0, fragment.start);
  if (suggestion.value === undefined) {
    return { ...state, text: `${before}${fragment.negated ? '-' : ''}${suggestion.key}:`, open: true, highlighted: -1 };
  }
  const chip = { negated: fragment.negated, key: suggestion.key, value: suggestion.value };
  return { chips: withoutDoubles([...state.chips, chip]), text: before, open: false, highlighted: -1 };
}

export function removeChip(state: BoxState, index: number): BoxState {
  return { ...state, chips: state.chips.filter((_, at) => at !== index) };
}

export function pressKey(state: BoxState, key: string, around: BoxSurroundings): BoxStep {
  const offered = state.open ? around.suggestions.length : 0;
  switch (key) {
    case 'ArrowDown':
      return arrowDown(state, offered, around);
    case 'ArrowUp':
      if (offered === 0) return { state, effect: 'pass' };
      return { state: { ...state, highlighted: state.highlighted <= 0 ? offered - 1 : state.highlighted - 1 }, effect: 'stay' };
    case 'Tab':
      return offered === 0 ? { state, effect: 'pass' } : accept(state, Math.max(state.highlighted, 0), around);
    case 'Enter':
      return offered > 0 && state.highlighted >= 0 ? accept(state, state.highlighted, around) : enter(state, around);
    case 'Escape':
      if (offered > 0) return { state: { ...state, open: false, highlighted: -1 }, effect: 'stay' };
      return { state: emptyBox, effect: 'stay' };
    case 'Backspace':
      return around.atStart ? takeApart(state) : { state, effect: 'pass' };
    default:
      return { state, effect: 'pass' };
  }
}

function arrowDown(state: BoxState, offered: number, around: BoxSurroundings): BoxStep {
  if (offered === 0) {
    // A closed list opens first where something waits in it and the reader has not typed past it.
    if (!state.open && around.suggestions.length > 0 && state.text === '' && state.chips.length === 0) {
      return { state: { ...state, open: true, highlighted: 0 }, effect: 'stay' };
    }
    return { state: { ...state, open: false }, effect: around.results > 0 ? 'focus-results' : 'stay' };
  }
  if (state.highlighted < offered - 1) return { state: { ...state, highlighted: state.highlighted + 1 }, effect: 'stay' };
  if (around.results > 0) return { state: { ...state, open: false, highlighted: -1 }, effect: 'focus-results' };
  return { state: { ...state, highlighted: 0 }, effect: 'stay' };
}

function accept(state: BoxState, index: number, around: BoxSurroundings): BoxStep {
  const suggestion = around.suggestions[index];
  return { state: suggestion ? acceptSuggestion(state, suggestion) : state, effect: 'stay' };
}

/** Enter with nothing under the cursor: what is typed stands, and the first result takes the focus. */
function enter(state: BoxState, around: BoxSurroundings): BoxStep {
  const fragment = fragmentOf(state.text);
  const chip = chipOf(state.text.slice(fragment.start));
  const closed = { ...state, open: false, highlighted: -1 };
  if (chip) {
    const text = state.text.slice(0, fragment.start);
    return { state: { ...closed, chips: withoutDoubles([...state.chips, chip]), text }, effect: 'stay' };
  }
  return { state: closed, effect: around.results > 0 ? 'focus-results' : 'stay' };
}

function takeApart(state: BoxState): BoxStep {
  const chip = state.chips.at(-1);
  if (!chip) return { state, effect: 'pass' };
  const text = [formatChip(chip), state.text].filter(Boolean).join(' ');
  return { state: { chips: state.chips.slice(0, -1), text, open: true, highlighted: -1 }, effect: 'stay' };
}

/** How a suggestion reads in the list. */
export function suggestionLabel(suggestion: TagSuggestion): string {
  return suggestion.value === undefined ? `${suggestion.key}:` : formatTag(suggestion.key, suggestion.value);
}

const BARE_KEY = /^-?[a-z0-9][a-z0-9_.-]*:"?$/i;

/**
 * What to search for while one types. A tag still being written finds nothing yet, as only whole values match, so it
 * counts once its value is one there is, a blank or Enter has closed it, or the list is closed; a phrase counts without its last
 * quotation mark.
 */
export function queryOf(box: BoxState, suggestions: readonly TagSuggestion[]): string {
  const { start } = fragmentOf(box.text);
  const last = box.text.slice(start);
  const before = { chips: box.chips, text: box.text.slice(0, start) };
  if (/^-?"/.test(last)) return formatQuery({ ...before, text: `${before.text}${last}${/[^"]"$/.test(last) ? '' : '"'}` });
  if (BARE_KEY.test(last)) return formatQuery(before);
  const quoted = (last.match(/"/g)?.length ?? 0) % 2 === 1;
  const chip = chipOf(last);
  if (!chip && !quoted) return formatQuery(box);
  const known = chip !== null && suggestions.some(({ key, value }) => key === chip.key && value?.toLowerCase() === chip.value.toLowerCase());
  return known || (!box.open && !quoted) ? formatQuery(box) : formatQuery(before);
}
