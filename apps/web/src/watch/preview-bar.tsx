import type { App, Launch } from '@osiris/contracts';
import { useState } from 'react';
import { ConfirmDialog } from '../layout/confirm-dialog';
import { formatCountdown } from './duration';
import styles from './preview.module.css';
import { ShareLink } from './share-link';
import { useLaunchActions } from './use-launch-actions';
import { useNow } from './use-now';

interface PreviewBarProps {
  app: App;
  launch: Launch;
  onReload(): void;
  onFullScreen(): void;
}

const LITTLE_LEFT_MS = 3 * 60_000;
/** Somebody who only looks at it sees in time that looking is no use. */
const IDLE_NOTICE_MS = 5 * 60_000;

/** What one can do with a running app. */
export function PreviewBar({ app, launch, onReload, onFullScreen }: PreviewBarProps) {
  const [asking, setAsking] = useState<'stop' | 'restart' | null>(null);
  const { stop, restart, extend } = useLaunchActions(launch);
  const failed = stop.error ?? restart.error ?? extend.error;
  const busy = stop.isPending || restart.isPending;

  return (
    <div className={styles.bar} role="group" aria-label={`Controls of ${app.name}`}>
      <TimeLeft expiresAt={launch.expiresAt} idleAt={launch.idleAt} />
      <button type="button" onClick={() => extend.mutate()} disabled={extend.isPending} title="30 more minutes">
        Extend
      </button>
      <button type="button" onClick={() => setAsking('restart')} disabled={busy}>
        Restart
      </button>
      <button type="button" className={styles.stop} onClick={() => setAsking('stop')} disabled={busy}>
        Stop
      </button>
      <span className={styles.space} role="alert">
        {failed?.message}
      </span>
      <button type="button" onClick={onReload}>
        Reload
      </button>
      {launch.previewUrl && (
        <a href={launch.previewUrl} target="_blank" rel="noreferrer">
          Open in a tab
        </a>
      )}
      <ShareLink launch={launch} />
      <button type="button" onClick={onFullScreen}>
        Full screen
      </button>
      {asking && (
        <ConfirmDialog
          title={asking === 'stop' ? `Stop ${app.name}?` : `Restart ${app.name}?`}
          action={asking === 'stop' ? 'Stop it' : 'Restart it'}
          onConfirm={() => (asking === 'stop' ? stop : restart).mutate()}
          onClose={() => setAsking(null)}
        >
          <p>What it holds in memory and in its files is gone with it, for everyone who has it open.</p>
          {asking === 'restart' && <p>Its address, its size, its environment and its time left stay what they are.</p>}
        </ConfirmDialog>
      )}
    </div>
  );
}

/** Until its time is up, or, where that comes first, until it is stopped because nobody uses it. */
function TimeLeft({ expiresAt, idleAt }: Pick<Launch, 'expiresAt' | 'idleAt'>) {
  const now = useNow(1000);
  const left = Date.parse(expiresAt) - now;
  const idleLeft = idleAt ? Date.parse(idleAt) - now : Infinity;
  const idles = idleLeft < left && idleLeft < IDLE_NOTICE_MS;
  return (
    <span className={styles.time} data-little={Math.min(left, idles ? idleLeft : left) < LITTLE_LEFT_MS || undefined} role="timer" aria-label="Time left">
      {idles ? `Unused: stops in ${formatCountdown(idleLeft)}` : `${formatCountdown(left)} left`}
    </span>
  );
}
