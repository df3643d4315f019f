import type { TagSuggestion } from '@osiris/contracts';
import type { UseComboboxReturnValue } from 'downshift';
import { suggestionLabel } from './box-keys';
import styles from './search-box.module.css';

interface SuggestionListProps extends Pick<UseComboboxReturnValue<TagSuggestion>, 'getMenuProps' | 'getItemProps'> {
  open: boolean;
  suggestions: readonly TagSuggestion[];
  highlighted: number;
}

export function SuggestionList({ open, suggestions, highlighted, getMenuProps, getItemProps }: SuggestionListProps) {
  return (
    <ul {...getMenuProps({ className: styles.list, hidden: !open, 'aria-label': 'Suggestions' }, { suppressRefError: true })}>
      {open &&
        suggestions.map((item, index) => (
          <li
            key={suggestionLabel(item)}
            {...getItemProps({ item, index, className: styles.item, 'aria-selected': index === highlighted })}
          >
            <span>
              <span className={styles.itemKey}>{item.key}:</span>
              {item.value ?? <span className={styles.more}>…</span>}
            </span>
            <span className={styles.count}>
              {item.count}
              <span className="visually-hidden">{item.count === 1 ? ' app' : ' apps'}</span>
            </span>
          </li>
        ))}
      {open && (
        <li className={styles.foot} role="presentation" aria-hidden="true">
          <kbd>↓</kbd> choose <kbd>Tab</kbd> take <kbd>Esc</kbd> close
        </li>
      )}
    </ul>
  );
}
