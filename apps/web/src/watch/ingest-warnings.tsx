import type { App } from '@osiris/contracts';
import styles from './ingest-warnings.module.css';

type Warnings = App['ingestWarnings'];

/** More of them are folded away: they are for the author, and most visitors are not. */
const SHOWN_OPEN = 2;

/** What in the repository is wrong without keeping the app from being used, each with its file and line. */
export function IngestWarnings({ warnings }: { warnings: Warnings }) {
  if (warnings.length === 0) return null;
  const title = `${warnings.length} ${warnings.length === 1 ? 'warning' : 'warnings'} about the repository`;
  if (warnings.length <= SHOWN_OPEN) {
    return (
      <section className={styles.warnings} aria-labelledby="warnings-title">
        <h2 id="warnings-title">{title}</h2>
        <List warnings={warnings} />
      </section>
    );
  }
  return (
    <details className={styles.warnings}>
      <summary>{title}</summary>
      <List warnings={warnings} />
    </details>
  );
}

function List({ warnings }: { warnings: Warnings }) {
  return (
    <ul>
      {warnings.map(({ code, message, path, line }, index) => (
        <li key={index} title={code}>
          {path !== null && <code>{line === null ? path : `${path}:${line}`}</code>}
          <span>{message}</span>
        </li>
      ))}
    </ul>
  );
}
