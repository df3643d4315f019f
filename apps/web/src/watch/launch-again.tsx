import type { App } from '@osiris/contracts';
import { useState } from 'react';
import { adviceFor } from '../api/advice';
import { useLaunch } from '../shelf/use-launch';
import styles from './failure.module.css';
import { type LaunchChoice, usualLaunch } from './launch-choice';
import { LaunchOptions } from './launch-options';

/** After a launch that failed: the same again, with the options open that may mend it. */
export function LaunchAgain({ app }: { app: App }) {
  const launch = useLaunch();
  const [choice, setChoice] = useState<LaunchChoice>({ ...usualLaunch, profile: app.latestLaunch?.profile ?? usualLaunch.profile });
  return (
    <section className={styles.again} aria-label="Launch again">
      <LaunchOptions choice={choice} onChange={setChoice} startOpen />
      <div className={styles.actions}>
        <button type="button" disabled={launch.isPending} onClick={() => launch.mutate({ appId: app.id, choice })}>
          {launch.isPending ? 'Launching…' : 'Launch'}
        </button>
      </div>
      {launch.isError && (
        <p role="alert" className={styles.what}>
          {launch.error.message} {adviceFor(launch.error.code)}
        </p>
      )}
    </section>
  );
}
