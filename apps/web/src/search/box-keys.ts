import { acceptSuggestion, type BoxState, chipAsText, closed, emptyBox } from './box-state';
import { chipOf, fragmentOf, withoutDoubles } from './query-text';
import { kindOf, type Suggestion } from './suggestion';

export interface BoxSurroundings {
  suggestions: readonly Suggestion[];
  /** How many result cards can take the focus. */
  results: number;
  /** Whether the caret stands before all text with nothing selected. */
  atStart: boolean;
}

/** `pass`: the browser does what it always does with this key. */
export type BoxEffect = 'pass' | 'stay' | 'focus-results' | 'open-app';
export interface BoxStep {
  state: BoxState;
  effect: BoxEffect;
  /** Slug of the app to open, with `open-app`. */
  slug?: string;
  /** Where the caret goes, in UTF-16 units of the new text; to its end where absent. */
  caret?: number;
}

/** What a key does in the search box: the table of keys in the product's design, row by row. */
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
      return { state: offered > 0 ? { ...closed(state), settled: true } : emptyBox, effect: 'stay' };
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
    return { state: closed(state), effect: intoResults(state, around) };
  }
  if (state.highlighted < offered - 1) return { state: { ...state, highlighted: state.highlighted + 1 }, effect: 'stay' };
  if (around.results > 0) return { state: closed(state), effect: 'focus-results' };
  return { state: { ...state, highlighted: 0 }, effect: 'stay' };
}

function accept(state: BoxState, index: number, around: BoxSurroundings): BoxStep {
  const suggestion = around.suggestions[index];
  if (!suggestion) return { state, effect: 'stay' };
  const accepted = acceptSuggestion(state, suggestion);
  return kindOf(suggestion) === 'app' && suggestion.slug !== undefined
    ? { state: accepted, effect: 'open-app', slug: suggestion.slug }
    : { state: accepted, effect: 'stay' };
}

/** Enter with nothing under the cursor: what is typed stands, and the first result takes the focus. */
function enter(state: BoxState, around: BoxSurroundings): BoxStep {
  const fragment = fragmentOf(state.text);
  const last = state.text.slice(fragment.start);
  const chip = chipOf(last) ?? chipOf(`${last}*`);
  const settled = { ...closed(state), settled: true };
  if (chip) {
    const text = state.text.slice(0, fragment.start);
    return { state: { ...settled, chips: withoutDoubles([...state.chips, chip]), text }, effect: 'stay' };
  }
  return { state: settled, effect: intoResults(settled, around) };
}

/** Of what is asked for, the first results may still be on their way: they are entered as soon as they are there. */
function intoResults({ text, chips }: BoxState, { results }: BoxSurroundings): BoxEffect {
  return results > 0 || chips.length > 0 || text.trim() !== '' ? 'focus-results' : 'stay';
}

function takeApart(state: BoxState): BoxStep {
  const chip = state.chips.at(-1);
  if (!chip) return { state, effect: 'pass' };
  const taken = chipAsText(chip);
  const text = [taken, state.text].filter(Boolean).join(' ');
  // With words after it the tag is not what is being written: nothing is offered for them.
  const open = state.text === '';
  return { state: { ...state, chips: state.chips.slice(0, -1), text, open, highlighted: -1, settled: false }, effect: 'stay', caret: taken.length };
}
