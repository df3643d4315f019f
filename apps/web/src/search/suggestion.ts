import type { TagSuggestion } from '@osiris/contracts';
import { formatTag } from './query-text';

/** A suggestion as the hub gives it. */
export type Suggestion = TagSuggestion;
export type SuggestionKind = 'key' | 'value' | 'app';

/** What accepting it does: a key goes on to its values, a value becomes a chip, an app is opened. */
export function kindOf(suggestion: Suggestion): SuggestionKind {
  return suggestion.kind ?? (suggestion.value === undefined ? 'key' : 'value');
}

/** How it reads in the list; also what tells it from the others. */
export function suggestionLabel(suggestion: Suggestion): string {
  switch (kindOf(suggestion)) {
    case 'key':
      return `${suggestion.key}:`;
    case 'value':
      return formatTag(suggestion.key, suggestion.value ?? '');
    case 'app':
      return suggestion.label;
  }
}

/** Whether it could complete these letters: those for the letters before are shown until the new ones are there. */
export function stillFits(suggestion: Suggestion, ask: string): boolean {
  return suggestion.label.toLowerCase().includes(ask.toLowerCase());
}
