import { type LaunchChoice, parseEnv } from './launch-choice';
import styles from './launch-options.module.css';

const MINUTES = [10, 30, 60, 240];

interface LaunchOptionsProps {
  choice: LaunchChoice;
  onChange(choice: LaunchChoice): void;
  startOpen?: boolean;
}

/** Size, time and environment, folded away: most launches want none of it. */
export function LaunchOptions({ choice, onChange, startOpen = false }: LaunchOptionsProps) {
  const { wrong } = parseEnv(choice.env);
  return (
    <details className={styles.options} open={startOpen}>
      <summary>Launch options</summary>
      <div className={styles.fields}>
        <label>
          Size
          <select value={choice.profile} onChange={({ target }) => onChange({ ...choice, profile: target.value as LaunchChoice['profile'] })}>
            <option value="small">small</option>
            <option value="medium">medium</option>
            <option value="large">large</option>
          </select>
        </label>
        <label>
          Time
          <select value={choice.minutes} onChange={({ target }) => onChange({ ...choice, minutes: Number(target.value) })}>
            {MINUTES.map((minutes) => (
              <option key={minutes} value={minutes}>
                {minutes < 60 ? `${minutes} minutes` : `${minutes / 60} hour${minutes === 60 ? '' : 's'}`}
              </option>
            ))}
          </select>
        </label>
        <label className={styles.wide}>
          Environment, NAME=value on each line
          <textarea
            rows={3}
            spellCheck={false}
            value={choice.env}
            aria-invalid={wrong.length > 0}
            aria-describedby="env-note"
            onChange={({ target }) => onChange({ ...choice, env: target.value })}
          />
        </label>
        <p id="env-note" className={styles.wide} data-wrong={wrong.length > 0 || undefined}>
          {wrong.length > 0
            ? `Line ${wrong.join(', ')} is not NAME=value and is left out.`
            : 'Values go to the app alone and are never shown again.'}
        </p>
      </div>
    </details>
  );
}
