import type { App } from '@osiris/contracts';
import styles from './newer-version-note.module.css';

/** The repository could not be read again: the entry is that of the last good commit, and says so. */
export function KeptVersionNote({ app }: { app: App }) {
  const error = app.ingestStatus === 'failed' ? app.ingestError : null;
  if (error === null || app.commitSha === null) return null;
  return (
    <div className={styles.note} data-bad>
      <p role="status">
        <strong>
          The repository could not be read again. What is shown is its last good version, commit <code>{app.commitSha.slice(0, 12)}</code>.
        </strong>
        <span className={styles.why}>
          {error.message} <code>{error.code}</code>
        </span>
      </p>
    </div>
  );
}
