import type { RefObject } from 'react';
import styles from './build-log.module.css';

interface LogSearchFieldProps {
  field: RefObject<HTMLInputElement | null>;
  value: string;
  /** "2 of 17"; empty while nothing is looked for. */
  told: string;
  onChange(value: string): void;
  /** Back where `back`. */
  onNext(back: boolean): void;
  onLeave(): void;
}

/** Looks for a text in the log, or goes to a line: ":12". */
export function LogSearchField({ field, value, told, onChange, onNext, onLeave }: LogSearchFieldProps) {
  const searching = value !== '';
  return (
    <div className={styles.find} role="search" aria-label="In this log">
      <input
        ref={field}
        type="search"
        value={value}
        placeholder="Find, or :line"
        aria-label="Find in the log"
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') {
            event.preventDefault();
            onNext(event.shiftKey);
          } else if (event.key === 'Escape') {
            event.preventDefault();
            onChange('');
            onLeave();
          }
        }}
      />
      <span className={styles.found} role="status">
        {told}
      </span>
      {searching && (
        <>
          <button type="button" onClick={() => onNext(true)} aria-label="Previous match" title="Shift-Enter">
            ↑
          </button>
          <button type="button" onClick={() => onNext(false)} aria-label="Next match" title="Enter">
            ↓
          </button>
        </>
      )}
    </div>
  );
}
