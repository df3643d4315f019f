import type { App, Launch } from '@osiris/contracts';
import { useState } from 'react';
import { ConfirmDialog } from '../layout/confirm-dialog';
import { formatCountdown } from './duration';
import { recallLaunch } from './launch-memory';
import styles from './preview.module.css';
import { whatRestartKeeps } from './restart';
import { useLaunchActions } from './use-launch-actions';
import { useNow } from './use-now';

interface PreviewBarProps {
  app: App;
  launch: Launch;
  onReload(): void;
  onFullScreen(): void;
}

const LITTLE_LEFT_MS = 3 * 60_000;

/** What one can do with a running app. */
export function PreviewBar({ app, launch, onReload, onFullScreen }: PreviewBarProps) {
  const [asking, setAsking] = useState<'stop' | 'restart' | null>(null);
  const { stop, restart, extend } = useLaunchActions(launch);
  const failed = stop.error ?? restart.error ?? extend.error;
  const busy = stop.isPending || restart.isPending;

  return (
    <div className={styles.bar} role="group" aria-label={`Controls of ${app.name}`}>
      <TimeLeft expiresAt={launch.expiresAt} />
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
          {asking === 'restart' && <p>{whatRestartKeeps(recallLaunch(launch.id))}</p>}
        </ConfirmDialog>
      )}
    </div>
  );
}

function TimeLeft({ expiresAt }: { expiresAt: string }) {
  const left = Date.parse(expiresAt) - useNow(1000);
  return (
    <span className={styles.time} data-little={left < LITTLE_LEFT_MS || undefined} role="timer" aria-label="Time left">
      {formatCountdown(left)} left
    </span>
  );
}
