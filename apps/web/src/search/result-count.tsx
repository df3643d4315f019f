import { useEffect, useState } from 'react';
import styles from './search-results.module.css';

interface ResultCountProps {
  /** Of what is shown; undefined before the first answer. */
  total: number | undefined;
  waitedMs: number | undefined;
  note: string;
  /** The newest letters have no answer yet. */
  pending: boolean;
}

/** A screen reader that read each number while one types would never finish. */
const SAY_AFTER_MS = 600;

export function ResultCount({ total, waitedMs, note, pending }: ResultCountProps) {
  const [said, setSaid] = useState('');
  const text = total === undefined ? '' : `${total.toLocaleString('en')} ${total === 1 ? 'app' : 'apps'} found`;
  const whole = note === '' ? text : `${text}, ${note}`;

  useEffect(() => {
    if (text === '' || pending) return;
    const timer = setTimeout(() => setSaid(whole), SAY_AFTER_MS);
    return () => clearTimeout(timer);
  }, [text, whole, pending]);

  return (
    <p className={styles.count}>
      <span aria-hidden="true">
        {text || (pending && 'Searching…')}
        {waitedMs !== undefined && <span className={styles.took}> in {waitedMs} ms</span>}
        {note !== '' && <span className={styles.note}>{note}</span>}
      </span>
      <span className="visually-hidden" role="status">
        {said}
      </span>
    </p>
  );
}
