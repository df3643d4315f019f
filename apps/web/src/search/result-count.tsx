import { useEffect, useState } from 'react';
import styles from './search-results.module.css';

interface ResultCountProps {
  query: string;
  /** Undefined while the answer for this query is on its way. */
  total: number | undefined;
  tookMs: number | undefined;
}

/** A screen reader that read each number while one types would never finish. */
const SAY_AFTER_MS = 600;

export function ResultCount({ query, total, tookMs }: ResultCountProps) {
  const [said, setSaid] = useState('');
  const text = total === undefined ? '' : `${total.toLocaleString('en')} ${total === 1 ? 'app' : 'apps'} found`;

  useEffect(() => {
    if (text === '') return;
    const timer = setTimeout(() => setSaid(text), SAY_AFTER_MS);
    return () => clearTimeout(timer);
  }, [text, query]);

  return (
    <p className={styles.count}>
      <span aria-hidden="true">
        {text || 'Searching…'}
        {text && tookMs !== undefined && <span className={styles.took}> in {tookMs < 10 ? tookMs.toFixed(1) : Math.round(tookMs)} ms</span>}
      </span>
      <span className="visually-hidden" role="status">
        {said}
      </span>
    </p>
  );
}
