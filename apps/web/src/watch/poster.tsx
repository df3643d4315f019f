import type { App } from '@osiris/contracts';
import { useEffect, useRef, useState } from 'react';
import { useLocation, useNavigationType } from 'react-router';
import { adviceFor } from '../api/advice';
import { AppPicture } from '../shelf/app-picture';
import { useLaunch } from '../shelf/use-launch';
import { LaunchOptions } from './launch-options';
import { type LaunchChoice, usualLaunch } from './launch-choice';
import type { Stage } from './phases';
import styles from './poster.module.css';

const QUIET: Partial<Record<Stage, string>> = {
  listed: 'It is listed here, but its repository was never fetched. “Fetch” reads and builds it.',
  ingesting: 'Once it is read and built, it can be launched here.',
  checking: 'It is built. It is being started once, to see that it comes up…',
  starting: 'It comes up…',
  stopping: 'It is being stopped…',
};

/** The app at rest: its picture, and the button that brings it to life. */
export function Poster({ app, stage }: { app: App; stage: Stage }) {
  const launch = useLaunch();
  const [choice, setChoice] = useState<LaunchChoice>(usualLaunch);
  const ended = app.latestLaunch?.status;
  const button = useRef<HTMLButtonElement>(null);
  // By a card, or from the page of a preview that has stopped.
  const asked = useLocation().hash === '#launch';
  const arrived = useNavigationType() === 'PUSH' || asked;

  useEffect(() => {
    // Who came here by a card stands at what comes next: Enter runs it. A focus that is somewhere already is left there.
    if (arrived && stage === 'idle' && document.activeElement === document.body) button.current?.focus({ preventScroll: true });
  }, [arrived, stage]);

  return (
    <>
      <div className={styles.poster} data-stage={stage}>
        <AppPicture name={app.name} slug={app.slug} tags={app.tags} media={app.media} />
        <div className={styles.front}>
          {stage === 'idle' ? (
            <>
              <button ref={button} type="button" className={styles.launch} disabled={launch.isPending} onClick={() => launch.mutate({ appId: app.id, choice })}>
                <svg viewBox="0 0 24 24" aria-hidden="true">
                  <path d="M7 4.500v15l13-7.500z" fill="currentColor" />
                </svg>
                {launch.isPending ? 'Launching…' : 'Launch'}
              </button>
              {launch.isError && (
                <p role="alert" className={styles.error}>
                  {launch.error.message} {adviceFor(launch.error.code)}
                </p>
              )}
              {ended === 'expired' && <p>Its time was up. Launch it again when you like.</p>}
              {ended === 'stopped' && <p>{app.latestLaunch?.endReason === 'idle' ? 'Nobody used it, so it was stopped.' : 'It was stopped.'} Launch it again when you like.</p>}
            </>
          ) : (
            <p>{QUIET[stage]}</p>
          )}
        </div>
      </div>
      {stage === 'idle' && <LaunchOptions choice={choice} onChange={setChoice} />}
    </>
  );
}
