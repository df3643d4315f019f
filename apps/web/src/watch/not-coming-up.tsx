import type { App } from '@osiris/contracts';
import { adviceFor } from '../api/advice';
import { LineText } from '../log-text/line-text';
import styles from './failure.module.css';
import { LaunchAgain } from './launch-again';

/** It was built, and did not come up when it was started for the first time: why, and what may mend it. */
export function NotComingUp({ app }: { app: App }) {
  const verification = app.verification;
  const error = verification?.error;
  const advice = adviceFor(error?.code ?? '');
  return (
    <>
      <section className={styles.failure} role="alert">
        <h2>It was built, but does not come up</h2>
        {error && <p className={styles.what}>{error.message.split('\n')[0]}</p>}
        {verification && verification.lastLines.length > 0 && (
          <pre className={styles.lines} tabIndex={0} aria-label="Its last lines">
            {verification.lastLines.map((line, index) => (
              <div key={index}>
                <LineText text={line} />
              </div>
            ))}
          </pre>
        )}
        {advice && <p>{advice}</p>}
        <div className={styles.actions}>{error && <code className={styles.code}>{error.code}</code>}</div>
      </section>
      <LaunchAgain app={app} note="The shelf offers it once it was seen running. With other options it may come up all the same:" open />
    </>
  );
}
