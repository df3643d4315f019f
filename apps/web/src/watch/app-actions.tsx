import type { App } from '@osiris/contracts';
import { useState } from 'react';
import { ConfirmDialog } from '../layout/confirm-dialog';
import styles from './app-facts.module.css';
import { useAppActions } from './use-app-actions';

/** What its keeper may do with an app. */
export function AppActions({ app }: { app: App }) {
  const [asking, setAsking] = useState(false);
  const { retry, build, cancelBuild, remove } = useAppActions(app);
  const working = app.latestBuild?.status === 'pending' || app.latestBuild?.status === 'running';
  const reading = app.ingestStatus === 'pending' || app.ingestStatus === 'processing';
  // Where the failure stands in the middle of the page, it has a button of its own.
  const fetchable = app.ingestStatus !== 'failed' || app.latestBuild?.status === 'succeeded';
  const failed = retry.error ?? build.error ?? cancelBuild.error ?? remove.error;

  return (
    <div className={styles.actions} role="group" aria-label="Keep">
      {!reading && fetchable && (
        <button type="button" disabled={retry.isPending} onClick={() => retry.mutate()}>
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
      <button type="button" className={styles.remove} disabled={remove.isPending} onClick={() => setAsking(true)}>
        Remove
      </button>
      {failed && <p role="alert">{failed.message}</p>}
      {asking && (
        <ConfirmDialog title={`Remove ${app.name}?`} action="Remove it" onConfirm={() => remove.mutate()} onClose={() => setAsking(false)}>
          <p>Its launches are stopped; its images, logs and history are deleted. The repository itself is not touched.</p>
        </ConfirmDialog>
      )}
    </div>
  );
}
