import { chipText } from './box-state';
import { type Chip, formatChip } from './query-text';
import styles from './search-box.module.css';

/** Accepted tags. A click takes one away; the keyboard takes the last apart with Backspace. */
export function SearchChips({ chips, onRemove }: { chips: readonly Chip[]; onRemove(index: number): void }) {
  if (chips.length === 0) return null;
  return (
    <ul className={styles.chips} aria-label="Tags searched for">
      {chips.map((chip, index) => (
        <li key={formatChip(chip)} className={styles.chip} data-negated={chip.negated || undefined} data-any={chip.value === '*' || undefined}>
          <span>
            {chip.negated && <span className={styles.not}>not </span>}
            <span className={styles.chipKey}>{chip.key}:</span>
            <span className={styles.chipValue}>{chipText(chip)}</span>
          </span>
          <button type="button" tabIndex={-1} onClick={() => onRemove(index)} aria-label={`Remove ${formatChip(chip)}`}>
            <span aria-hidden="true">×</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
