import type { App } from '@osiris/contracts';
import { useState } from 'react';
import { adviceFor } from '../api/advice';
import { useLaunch } from '../shelf/use-launch';
import styles from './failure.module.css';
import { type LaunchChoice, usualLaunch } from './launch-choice';
import { recallLaunch } from './launch-memory';
import { LaunchOptions } from './launch-options';

/** After a launch that failed: the same again, with the options open that may mend it. With a `note`: what is launched instead, and the options folded away unless `open`. */
export function LaunchAgain({ app, note, open = note === undefined }: { app: App; note?: string; open?: boolean }) {
  const launch = useLaunch();
  const [choice, setChoice] = useState<LaunchChoice>(recallLaunch(app.latestLaunch?.id ?? '') ?? { ...usualLaunch, profile: app.latestLaunch?.profile ?? usualLaunch.profile });
  return (
    <section className={styles.again} aria-label="Launch again">
      {note && <p>{note}</p>}
      <LaunchOptions choice={choice} onChange={setChoice} startOpen={open} />
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
