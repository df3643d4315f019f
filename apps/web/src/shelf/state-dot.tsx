import type { AppState } from './app-state';
import styles from './state-dot.module.css';

/** A coloured dot with its word for those who cannot see the colour. */
export function StateDot({ state, withText = false }: { state: AppState; withText?: boolean }) {
  return (
    <span className={styles.state} data-tone={state.tone} title={withText ? undefined : state.text}>
      <span className={styles.dot} aria-hidden="true" />
      <span className={withText ? undefined : 'visually-hidden'}>{state.text}</span>
    </span>
  );
}
