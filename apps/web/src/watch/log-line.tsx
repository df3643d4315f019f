import { memo } from 'react';
import { LineText } from '../log-text/line-text';
import styles from './log-view.module.css';

/** One line with its number, in its colours. */
export const LogLine = memo(function LogLine({ number, text }: { number: number; text: string }) {
  return (
    <div className={styles.line}>
      <span className={styles.number} aria-hidden="true">
        {number}
      </span>
      <span className={styles.text}>
        <LineText text={text} />
      </span>
    </div>
  );
});
