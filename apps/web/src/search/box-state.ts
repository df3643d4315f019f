import { type Chip, formatTag, fragmentOf, parseQuery, takeClosedChips, withoutDoubles } from './query-text';
import { kindOf, type Suggestion } from './suggestion';

/** What the search box holds. */
export interface BoxState {
  chips: Chip[];
  text: string;
  /** Whether the list of suggestions is asked for; it shows where there are any. */
  open: boolean;
  /** Index of the suggestion under the cursor; -1 for none. */
  highlighted: number;
  /** The text stands as it is. Otherwise its last word is still being written and is read with patience. */
  settled: boolean;
}

export const emptyBox: BoxState = { chips: [], text: '', open: false, highlighted: -1, settled: true };

/** The box for a query from an address: each full tag is a chip. */
export function boxOf(query: string): BoxState {
  return { ...emptyBox, ...parseQuery(query) };
}

export function typeText(state: BoxState, text: string): BoxState {
  const taken = takeClosedChips(text);
  // After a blank nothing is begun that a list could complete.
  const open = taken.text === '' || fragmentOf(taken.text).ask !== '';
  return { chips: withoutDoubles([...state.chips, ...taken.chips]), text: taken.text, open, highlighted: -1, settled: false };
}

/** A key leaves `key:` and goes on to its values; a value closes the chip. An app is opened, not accepted. */
export function acceptSuggestion(state: BoxState, suggestion: Suggestion): BoxState {
  const fragment = fragmentOf(state.text);
  const before = state.text.slice(0, fragment.start);
  switch (kindOf(suggestion)) {
    case 'key':
      return { ...state, text: `${before}${fragment.negated ? '-' : ''}${suggestion.key}:`, open: true, highlighted: -1, settled: false };
    case 'value': {
      const chip = { negated: fragment.negated, key: suggestion.key, value: suggestion.value ?? '' };
      return { ...closed(state), chips: withoutDoubles([...state.chips, chip]), text: before };
    }
    case 'app':
      return closed(state);
  }
}

export function removeChip(state: BoxState, index: number): BoxState {
  return { ...state, chips: state.chips.filter((_, at) => at !== index) };
}

export function closed(state: BoxState): BoxState {
  return { ...state, open: false, highlighted: -1 };
}

/** What a chip shows after its key; `key:*` has any value. */
export function chipText({ value }: Chip): string {
  return value === '*' ? 'any' : value;
}

/** How a chip reads as text to be written on. */
export function chipAsText({ negated, key, value }: Chip): string {
  return `${negated ? '-' : ''}${value === '*' ? `${key}:` : formatTag(key, value)}`;
}
