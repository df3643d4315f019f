import type { App } from '@osiris/contracts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { keys } from '../api/query-keys';
import type { IngestionProgress } from '../events/event-cache';
import { ConfirmDialog } from '../layout/confirm-dialog';
import styles from './app-facts.module.css';
import { useAppActions } from './use-app-actions';

/** What its keeper may do with an app. */
export function AppActions({ app }: { app: App }) {
  const [asking, setAsking] = useState(false);
  const { retry, build, cancelBuild, pin, remove } = useAppActions(app);
  const working = app.latestBuild?.status === 'pending' || app.latestBuild?.status === 'running';
  const reading = app.ingestStatus === 'pending' || app.ingestStatus === 'processing';
  // Where the failure stands in the middle of the page, it has a button of its own.
  const fetchable = app.ingestStatus !== 'failed' || app.latestBuild?.status === 'succeeded';
  const failed = retry.error ?? build.error ?? cancelBuild.error ?? pin.error ?? remove.error;

  // Written by events alone: nothing is asked for here.
  const { data: ingestion } = useQuery<IngestionProgress>({ queryKey: keys.ingestion(app.id), enabled: false });
  const [fetched, setFetched] = useState<{ commitSha: string | null; before: IngestionProgress | undefined } | null>(null);
  const fetchAgain = (): void => retry.mutate(undefined, { onSuccess: () => setFetched({ commitSha: app.commitSha, before: ingestion }) });
  const outcome = fetched && ingestion !== fetched.before ? ingestion?.latest : undefined;
  const unchanged = !reading && outcome?.phase === 'done' && outcome.status === 'ready' && outcome.commitSha === fetched?.commitSha;

  return (
    <div className={styles.actions} role="group" aria-label="Keep">
      {!reading && fetchable && (
        <button type="button" disabled={retry.isPending} onClick={fetchAgain}>
          {app.commitSha === null ? 'Fetch' : 'Fetch again'}
        </button>
      )}
      {app.latestBuild?.status === 'succeeded' && (
        <button type="button" disabled={build.isPending} onClick={() => build.mutate()}>
          Build again
        </button>
      )}
      {working && app.latestBuild && (
        <button type="button" disabled={cancelBuild.isPending} onClick={() => app.latestBuild && cancelBuild.mutate(app.latestBuild.id)}>
          Cancel the build
        </button>
      )}
      {app.launchable && (
        <button type="button" aria-pressed={app.pinned === true} disabled={pin.isPending} title="Keeps containers of it started, so that it runs at once when it is launched" onClick={() => pin.mutate(!app.pinned)}>
          {app.pinned ? 'Kept warm' : 'Keep warm'}
        </button>
      )}
      <button type="button" className={styles.remove} disabled={remove.isPending} onClick={() => setAsking(true)}>
        Remove
      </button>
      <p role="status" className={styles.outcome}>
        {unchanged && `Nothing new: the repository is still at commit ${app.commitSha?.slice(0, 12)}.`}
      </p>
      {failed && <p role="alert">{failed.message}</p>}
      {asking && (
        <ConfirmDialog title={`Remove ${app.name}?`} action="Remove it" onConfirm={() => remove.mutate()} onClose={() => setAsking(false)}>
          <p>Its launches are stopped; its images, logs and history are deleted. The repository itself is not touched.</p>
        </ConfirmDialog>
      )}
    </div>
  );
}
