import type { UseComboboxReturnValue } from 'downshift';
import styles from './search-box.module.css';
import { kindOf, type Suggestion, suggestionLabel } from './suggestion';

interface SuggestionListProps extends Pick<UseComboboxReturnValue<Suggestion>, 'getMenuProps' | 'getItemProps'> {
  open: boolean;
  suggestions: readonly Suggestion[];
  highlighted: number;
}

export function SuggestionList({ open, suggestions, highlighted, getMenuProps, getItemProps }: SuggestionListProps) {
  return (
    <div className={styles.popup} hidden={!open}>
      <ul {...getMenuProps({ className: styles.list, 'aria-label': 'Suggestions' }, { suppressRefError: true })}>
        {open &&
          suggestions.map((item, index) => (
            <li
              key={`${kindOf(item)} ${item.appId ?? suggestionLabel(item)}`}
              {...getItemProps({ item, index, className: styles.item, 'aria-selected': index === highlighted })}
            >
              <SuggestionText item={item} />
            </li>
          ))}
      </ul>
      <p className={styles.foot} aria-hidden="true">
        <kbd>↓</kbd> choose <kbd>Tab</kbd> take <kbd>Esc</kbd> close
      </p>
    </div>
  );
}

function SuggestionText({ item }: { item: Suggestion }) {
  if (kindOf(item) === 'app') {
    return (
      <>
        <span className={styles.itemApp}>
          {item.label} <span className={styles.slug}>{item.slug}</span>
        </span>
        <span className={styles.count}>
          <span className="visually-hidden">, </span>open
        </span>
      </>
    );
  }
  return (
    <>
      <span className={styles.itemName}>
        <span className={styles.itemKey}>{item.key}:</span>
        {item.value ?? <span className={styles.ellipsis}>…</span>}
      </span>
      <span className={styles.count}>
        {item.count.toLocaleString('en')}
        <span className="visually-hidden">{item.count === 1 ? ' app' : ' apps'}</span>
      </span>
    </>
  );
}
