import { useCombobox } from 'downshift';
import { type KeyboardEvent, useEffect, useLayoutEffect, useRef } from 'react';
import { flushSync } from 'react-dom';
import { useLocation, useNavigate } from 'react-router';
import { watchPath } from '../watch/watch-path';
import { pressKey } from './box-keys';
import { acceptSuggestion, closed, removeChip, typeText } from './box-state';
import { cardLinks, SEARCH_BOX_ID } from './focus-targets';
import { PROBLEM_ID, QueryProblemNote } from './query-problem-note';
import styles from './search-box.module.css';
import { SearchChips } from './search-chips';
import { useBoxSession } from './search-session';
import { kindOf, type Suggestion, suggestionLabel } from './suggestion';
import { SuggestionList } from './suggestion-list';
import { useQueryProblem } from './use-query-problem';

/** Not on touch screens: there the focus brings up a keyboard over half the page. */
function focusUnlessTouch(input: HTMLInputElement | null): void {
  if (matchMedia('(pointer: fine)').matches) input?.focus({ preventScroll: true });
}

/** The one way to find anything. What keys do is decided in box-keys.ts; downshift gives roles, ids and the mouse. */
export function SearchBox() {
  const { box, setBox, suggestions, startUsing, commit, enterResults } = useBoxSession();
  const input = useRef<HTMLInputElement>(null);
  const caret = useRef<number | null>(null);
  const { pathname } = useLocation();
  const navigate = useNavigate();
  const problem = useQueryProblem();
  const open = box.open && suggestions.length > 0;

  useEffect(() => {
    if (pathname === '/') focusUnlessTouch(input.current);
  }, [pathname]);
  useLayoutEffect(() => {
    if (caret.current !== null) input.current?.setSelectionRange(caret.current, caret.current);
    caret.current = null;
  }, [box.text]);

  const remove = (index: number): void => {
    setBox(removeChip(box, index));
    // The button that was pressed goes with its chip.
    focusUnlessTouch(input.current);
  };
  const openApp = (slug: string): void => {
    commit();
    void navigate(watchPath(slug));
  };
  const take = (suggestion: Suggestion): void => {
    flushSync(() => setBox(acceptSuggestion(box, suggestion)));
    if (kindOf(suggestion) === 'app' && suggestion.slug) openApp(suggestion.slug);
    else commit();
  };

  const { getInputProps, getMenuProps, getItemProps, getLabelProps } = useCombobox<Suggestion>({
    items: suggestions as Suggestion[],
    isOpen: open,
    highlightedIndex: box.highlighted,
    inputValue: box.text,
    selectedItem: null,
    itemToString: (item) => (item ? suggestionLabel(item) : ''),
    onStateChange({ type, selectedItem, highlightedIndex }) {
      const { stateChangeTypes } = useCombobox;
      if (type === stateChangeTypes.ItemClick && selectedItem) take(selectedItem);
      else if (type === stateChangeTypes.InputClick) setBox({ ...box, open: true });
      else if (type === stateChangeTypes.InputBlur) setBox(closed(box));
      else if (type === stateChangeTypes.ItemMouseMove && highlightedIndex !== undefined) setBox({ ...box, highlighted: highlightedIndex });
    },
  });

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    Object.assign(event.nativeEvent, { preventDownshiftDefault: true });
    if (event.nativeEvent.isComposing || event.ctrlKey || event.metaKey || event.altKey || (event.shiftKey && event.key === 'Tab')) return;
    // `/` goes to the box from anywhere, also from the box itself.
    if (event.key === '/' && box.text === '' && box.chips.length === 0) return event.preventDefault();
    const { selectionStart, selectionEnd } = event.currentTarget;
    const step = pressKey(box, event.key, { suggestions, results: cardLinks().length, atStart: selectionStart === 0 && selectionEnd === 0 });
    if (step.effect !== 'pass') event.preventDefault();
    if (step.caret !== undefined) caret.current = step.caret;
    // At once: what is committed below is the query of the new state.
    if (step.state !== box) flushSync(() => setBox(step.state));
    if (step.effect === 'focus-results') enterResults();
    else if (step.effect === 'open-app' && step.slug) openApp(step.slug);
    else if (event.key === 'Enter' || step.state.chips.length > box.chips.length) commit();
  };

  return (
    <div className={styles.place}>
      <div className={styles.box} role="search">
        <label {...getLabelProps()} className="visually-hidden">
          Search apps
        </label>
        <svg className={styles.lens} viewBox="0 0 20 20" aria-hidden="true">
          <circle cx="8.500" cy="8.500" r="5.500" />
          <path d="m13 13 4.500 4.500" />
        </svg>
        <SearchChips chips={box.chips} onRemove={remove} />
        <input
          {...getInputProps({
            id: SEARCH_BOX_ID,
            ref: input,
            onKeyDown,
            onFocus: startUsing,
            onBlur: commit,
            // Set here and not by downshift's effect: the caret would jump to the end.
            onChange: (event) => setBox(typeText(box, (event.target as HTMLInputElement).value)),
          })}
          className={styles.input}
          type="text"
          inputMode="search"
          enterKeyHint="search"
          autoCapitalize="none"
          autoCorrect="off"
          spellCheck={false}
          aria-invalid={problem !== null || undefined}
          aria-errormessage={problem ? PROBLEM_ID : undefined}
          placeholder={box.chips.length === 0 ? 'Search apps, or narrow by language:' : ''}
        />
        {box.text === '' && box.chips.length === 0 && (
          <kbd className={styles.hint} aria-hidden="true">
            /
          </kbd>
        )}
      </div>
      <SuggestionList open={open} suggestions={suggestions} highlighted={box.highlighted} getMenuProps={getMenuProps} getItemProps={getItemProps} />
      <QueryProblemNote problem={open ? null : problem} />
    </div>
  );
}
