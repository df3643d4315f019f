import type { App, HistoryEntry } from '@osiris/contracts';
import { formatAgo, formatBytes, formatDuration } from './duration';
import styles from './history-timeline.module.css';
import { logPath } from './log-path';
import { useHistory } from './use-history';
import { useNow } from './use-now';

const KINDS: Record<HistoryEntry['kind'], string> = { ingestion: 'Read', build: 'Build', launch: 'Launch' };
const BAD = new Set(['failed']);
const GOOD = new Set(['ready', 'completed', 'succeeded', 'running', 'stopped', 'expired', 'done']);

/** What happened to the app, newest first, each with its logs. */
export function HistoryTimeline({ app }: { app: App }) {
  const { data, isError } = useHistory(app.id);
  const now = useNow(30_000);
  return (
    <section className={styles.history} aria-labelledby="history-title">
      <h2 id="history-title">History</h2>
      {isError && !data && <p className={styles.none}>The history cannot be had at the moment.</p>}
      {data?.items.length === 0 && <p className={styles.none}>Nothing has happened yet.</p>}
      <ol className={styles.list}>
        {data?.items.map((entry, index) => (
          <Entry key={`${entry.kind} ${entry.at} ${index}`} entry={entry} now={now} />
        ))}
      </ol>
    </section>
  );
}

function Entry({ entry, now }: { entry: HistoryEntry; now: number }) {
  const tone = BAD.has(entry.status) ? 'bad' : GOOD.has(entry.status) ? 'good' : 'plain';
  return (
    <li className={styles.entry} data-tone={tone}>
      <div className={styles.line}>
        <strong>{KINDS[entry.kind]}</strong>
        <span className={styles.status}>{entry.status}</span>
        {entry.attempt > 1 && <span>attempt {entry.attempt}</span>}
        {entry.durationMs !== null && <span>{formatDuration(entry.durationMs)}</span>}
        {entry.commitSha && <code>{entry.commitSha.slice(0, 7)}</code>}
        <time dateTime={entry.at} title={new Date(entry.at).toLocaleString()}>
          {formatAgo(entry.at, now)}
        </time>
      </div>
      {entry.message.toLowerCase() !== entry.status && entry.message !== '' && <p className={styles.message}>{entry.message}</p>}
      <Links entry={entry} />
    </li>
  );
}

function Links({ entry }: { entry: HistoryEntry }) {
  const log = entry.kind === 'build' && entry.buildId ? logPath('build', entry.buildId) : entry.launchId ? logPath('launch', entry.launchId) : null;
  const stored = entry.artifacts.filter(({ kind }) => !(log && kind === `${entry.kind}-log`));
  if (!log && stored.length === 0 && !entry.image) return null;
  return (
    <p className={styles.links}>
      {log && (
        <a href={log} target="_blank" rel="noreferrer">
          log
        </a>
      )}
      {stored.map(({ id, kind, url, bytes }) => (
        <a key={id} href={url} target="_blank" rel="noreferrer">
          {kind.replaceAll('-', ' ')} ({formatBytes(bytes)})
        </a>
      ))}
      {entry.image && <span title={entry.image.digest}>image {formatBytes(entry.image.bytes)}</span>}
    </p>
  );
}
