import type { App } from '@osiris/contracts';
import { lazy, Suspense, useState } from 'react';
import { type NewerVersion, newerVersionOf } from './newer-version';
import styles from './newer-version-note.module.css';

const BuildLog = lazy(async () => ({ default: (await import('../build-log/build-log')).BuildLog }));

const WORDS: Record<NewerVersion['state'], string> = {
  reading: 'A newer version is being fetched. What runs here is the one before.',
  unreadable: 'A newer version could not be fetched. What runs here is the one before.',
  building: 'A newer version is being built. What runs here is the one before.',
  failed: 'A newer version could not be built. What runs here is the one before.',
  canceled: 'The build of a newer version was canceled. What runs here is the one before.',
  ready: 'A newer version is built. Restart to run it.',
};

/** While an older version runs: what has become of the newer one, with its log. */
export function NewerVersionNote({ app }: { app: App }) {
  const [open, setOpen] = useState(false);
  const newer = newerVersionOf(app);
  if (!newer) return null;
  const bad = newer.state === 'failed' || newer.state === 'unreadable';
  return (
    <div className={styles.note} data-bad={bad || undefined}>
      <p role="status">
        <strong>{WORDS[newer.state]}</strong>
        {newer.message && <span className={styles.why}>{newer.message}</span>}
      </p>
      {newer.buildId && newer.state !== 'ready' && (
        <details onToggle={(event) => setOpen(event.currentTarget.open)}>
          <summary>Its build log</summary>
          {open && app.latestBuild && (
            <Suspense>
              <BuildLog key={newer.buildId} build={app.latestBuild} />
            </Suspense>
          )}
        </details>
      )}
    </div>
  );
}
