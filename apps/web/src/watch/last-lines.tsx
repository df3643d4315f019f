import { LineText } from '../log-text/line-text';
import styles from './failure.module.css';
import { readable } from './log-lines';
import { type LogSource, useLog } from './use-log';

const SHOWN = 12;

/** The last things an app said before it went. */
export function LastLines(source: Omit<LogSource, 'live'>) {
  const lines = readable(useLog({ ...source, live: false })).slice(-SHOWN);
  if (lines.length === 0) return <p>It printed nothing.</p>;
  return (
    <pre className={styles.lines} tabIndex={0} aria-label="Its last lines">
      {lines.map((line, index) => (
        <div key={index}>
          <LineText text={line} />
        </div>
      ))}
    </pre>
  );
}
