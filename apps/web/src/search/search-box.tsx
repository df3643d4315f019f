import type { TagSuggestion } from '@osiris/contracts';
import { useCombobox } from 'downshift';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { useLocation } from 'react-router';
import { acceptSuggestion, pressKey, removeChip, suggestionLabel, typeText } from './box-keys';
import { cardLinks, focusFirstCard, SEARCH_BOX_ID } from './focus-targets';
import styles from './search-box.module.css';
import { SearchChips } from './search-chips';
import { SuggestionList } from './suggestion-list';
import { useBox } from './use-box';

/** The one way to find anything. What keys do is decided in box-keys.ts; downshift gives roles, ids and the mouse. */
export function SearchBox() {
  const { box, setBox, suggestions, startUsing } = useBox();
  const input = useRef<HTMLInputElement>(null);
  const { pathname } = useLocation();
  const open = box.open && suggestions.length > 0;

  useEffect(() => {
    // Not on touch screens: there the focus brings up a keyboard over half the shelf.
    if (pathname === '/' && matchMedia('(pointer: fine)').matches) input.current?.focus({ preventScroll: true });
  }, [pathname]);

  const { getInputProps, getMenuProps, getItemProps, getLabelProps } = useCombobox<TagSuggestion>({
    items: suggestions as TagSuggestion[],
    isOpen: open,
    highlightedIndex: box.highlighted,
    inputValue: box.text,
    selectedItem: null,
    itemToString: (item) => (item ? suggestionLabel(item) : ''),
    onStateChange({ type, selectedItem, highlightedIndex }) {
      const { stateChangeTypes } = useCombobox;
      if (type === stateChangeTypes.ItemClick && selectedItem) setBox(acceptSuggestion(box, selectedItem));
      else if (type === stateChangeTypes.InputClick) setBox({ ...box, open: true });
      else if (type === stateChangeTypes.InputBlur) setBox({ ...box, open: false, highlighted: -1 });
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
    if (step.state !== box) setBox(step.state);
    if (step.effect === 'focus-results') focusFirstCard();
  };

  return (
    <div className={styles.box} role="search">
      <label {...getLabelProps()} className="visually-hidden">
        Search apps
      </label>
      <svg className={styles.lens} viewBox="0 0 20 20" aria-hidden="true">
        <circle cx="8.500" cy="8.500" r="5.500" />
        <path d="m13 13 4.500 4.500" />
      </svg>
      <SearchChips chips={box.chips} onRemove={(index) => setBox(removeChip(box, index))} />
      <input
        {...getInputProps({
          id: SEARCH_BOX_ID,
          ref: input,
          onKeyDown,
          onFocus: startUsing,
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
        placeholder={box.chips.length === 0 ? 'Search apps, or narrow by language:' : ''}
      />
      {box.text === '' && box.chips.length === 0 && (
        <kbd className={styles.hint} aria-hidden="true">
          /
        </kbd>
      )}
      <SuggestionList open={open} suggestions={suggestions} highlighted={box.highlighted} getMenuProps={getMenuProps} getItemProps={getItemProps} />
    </div>
  );
}
