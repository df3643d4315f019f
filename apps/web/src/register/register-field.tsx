import { type Ref, useId } from 'react';
import styles from './register.module.css';

interface RegisterFieldProps {
  label: string;
  value: string;
  onChange(value: string): void;
  error?: string;
  note?: string;
  placeholder?: string;
  inputMode?: 'url' | 'text';
  large?: boolean;
  ref?: Ref<HTMLInputElement>;
}

export function RegisterField({ label, value, onChange, error, note, placeholder, inputMode, large, ref }: RegisterFieldProps) {
  const id = useId();
  return (
    <div className={styles.field} data-large={large || undefined}>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        ref={ref}
        type="text"
        inputMode={inputMode}
        value={value}
        placeholder={placeholder}
        autoCapitalize="none"
        autoComplete="off"
        autoCorrect="off"
        spellCheck={false}
        aria-invalid={error !== undefined}
        aria-describedby={error || note ? `${id}-note` : undefined}
        onChange={(event) => onChange(event.target.value)}
      />
      {(error || note) && (
        <p id={`${id}-note`} className={error ? styles.error : styles.note} role={error ? 'alert' : undefined}>
          {error ?? note}
        </p>
      )}
    </div>
  );
}
