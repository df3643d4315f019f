import type { App, HistoryEntry } from '@osiris/contracts';
import { Link } from 'react-router';
import { formatAgo, formatBytes, formatDuration } from './duration';
import { type HistoryGroup, historyGroups } from './history-groups';
import styles from './history-timeline.module.css';
import { logPath } from './log-path';
import { useHistory } from './use-history';
import { useNow } from './use-now';

const KINDS: Record<HistoryEntry['kind'], string> = { ingestion: 'Fetch and read', build: 'Build', launch: 'Launch' };
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
        {historyGroups(data?.items ?? []).map((group) => (
          <Group key={group.key} group={group} now={now} />
        ))}
      </ol>
    </section>
  );
}

function Group({ group: { last, steps, durationMs }, now }: { group: HistoryGroup; now: number }) {
  const tone = BAD.has(last.status) ? 'bad' : GOOD.has(last.status) ? 'good' : 'plain';
  const artifacts = [last, ...steps].flatMap((entry) => entry.artifacts);
  return (
    <li className={styles.entry} data-tone={tone}>
      <div className={styles.line}>
        <strong>{KINDS[last.kind]}</strong>
        <span className={styles.status}>{last.status}</span>
        {last.attempt > 1 && <span>attempt {last.attempt}</span>}
        {durationMs !== null && <span>{formatDuration(durationMs)}</span>}
        {last.commitSha && <code>{last.commitSha.slice(0, 7)}</code>}
        <When at={last.at} now={now} />
      </div>
      {last.message.toLowerCase() !== last.status && last.message !== '' && <p className={styles.message}>{last.message}</p>}
      <Links entry={{ ...last, artifacts }} />
      {steps.length > 0 && <Steps steps={steps} />}
    </li>
  );
}

/** How it came to its end, in the order it went. */
function Steps({ steps }: { steps: readonly HistoryEntry[] }) {
  return (
    <details className={styles.steps}>
      <summary>
        {steps.length} {steps.length === 1 ? 'step' : 'steps'} before
      </summary>
      <ol>
        {[...steps].reverse().map((step, index) => (
          <li key={index}>
            <span className={styles.message}>{step.message || step.status}</span>
            {step.durationMs !== null && step.durationMs > 0 && <span className={styles.took}>{formatDuration(step.durationMs)}</span>}
          </li>
        ))}
      </ol>
    </details>
  );
}

function When({ at, now }: { at: string; now: number }) {
  return (
    <time dateTime={at} title={new Date(at).toLocaleString()}>
      {formatAgo(at, now)}
    </time>
  );
}

function Links({ entry }: { entry: HistoryEntry }) {
  const log = entry.kind === 'build' && entry.buildId ? logPath('build', entry.buildId) : entry.launchId ? logPath('launch', entry.launchId) : null;
  const stored = entry.artifacts.filter(({ kind }) => !(log && (kind === `${entry.kind}-log` || kind === 'build-log-lines')));
  if (!log && stored.length === 0 && !entry.image) return null;
  return (
    <p className={styles.links}>
      {entry.kind === 'build' && entry.buildId ? (
        <Link to={`/builds/${entry.buildId}`}>log</Link>
      ) : (
        log && (
          <a href={log} target="_blank" rel="noreferrer">
            log
          </a>
        )
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
