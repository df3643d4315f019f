import type { Launch } from '@osiris/contracts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { appsApi } from '../api/apps.api';
import { launchesApi } from '../api/launches.api';
import { keys } from '../api/query-keys';
import { ConfirmDialog } from '../layout/confirm-dialog';
import { ErrorMessage } from '../layout/message';
import { formatCountdown, formatDuration } from '../watch/duration';
import { useLaunchActions } from '../watch/use-launch-actions';
import { useNow } from '../watch/use-now';
import { watchPath } from '../watch/watch-path';
import styles from './operations.module.css';

const LIMIT = 100;

export function RunningLaunches() {
  const { data, error, isError, refetch } = useQuery({
    queryKey: keys.launchList('running'),
    queryFn: ({ signal }) => launchesApi.list({ status: 'running', limit: LIMIT }, signal),
  });
  return (
    <section aria-labelledby="running-title">
      <h2 id="running-title">Running now{data && data.items.length > 0 && ` (${data.items.length}${data.nextCursor ? '+' : ''})`}</h2>
      {isError && !data && <ErrorMessage title="The launches cannot be listed" error={error} onRetry={() => void refetch()} />}
      {data?.items.length === 0 && (
        <p className={styles.none}>
          Nothing runs at the moment. <Link to="/">Launch something from the shelf.</Link>
        </p>
      )}
      {data && data.items.length > 0 && <LaunchTable launches={data.items} />}
    </section>
  );
}

function LaunchTable({ launches }: { launches: readonly Launch[] }) {
  return (
    <div className={styles.scroll} tabIndex={0} role="region" aria-label="Running launches, a table">
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">App</th>
            <th scope="col">Size</th>
            <th scope="col">Came up in</th>
            <th scope="col">Time left</th>
            <th scope="col">
              <span className="visually-hidden">Stop</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {launches.map((launch) => (
            <LaunchRow key={launch.id} launch={launch} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function LaunchRow({ launch }: { launch: Launch }) {
  const [asking, setAsking] = useState(false);
  const { data: app } = useQuery({ queryKey: keys.app(launch.appId), queryFn: ({ signal }) => appsApi.get(launch.appId, signal) });
  const { stop } = useLaunchActions(launch);
  const now = useNow(1000);
  const { startMs, readyMs } = launch.timings;
  return (
    <tr>
      <th scope="row">{app ? <Link to={watchPath(app.slug)}>{app.name}</Link> : launch.appId}</th>
      <td>{launch.profile}</td>
      <td>{readyMs === null ? '–' : formatDuration((startMs ?? 0) + readyMs)}</td>
      <td>{formatCountdown(Date.parse(launch.expiresAt) - now)}</td>
      <td>
        <button type="button" disabled={stop.isPending} onClick={() => setAsking(true)} aria-label={`Stop ${app?.name ?? launch.id}`}>
          Stop
        </button>
        {asking && (
          <ConfirmDialog title={`Stop ${app?.name ?? 'it'}?`} action="Stop it" onConfirm={() => stop.mutate()} onClose={() => setAsking(false)}>
            <p>Everyone who has it open loses it.</p>
          </ConfirmDialog>
        )}
        {stop.error && <p role="alert">{stop.error.message}</p>}
      </td>
    </tr>
  );
}
