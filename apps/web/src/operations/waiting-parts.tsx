import { useWaitingParts } from '../layout/use-waiting-parts';
import styles from './operations.module.css';

export function WaitingParts() {
  const parts = useWaitingParts();
  if (parts.length === 0) return null;
  return (
    <section className={styles.waiting} aria-labelledby="waiting-title">
      <h2 id="waiting-title">Waiting</h2>
      <ul>
        {parts.map(({ name, title, message }) => (
          <li key={name}>
            <strong>{title}</strong> {message}
          </li>
        ))}
      </ul>
    </section>
  );
}
