import type { App, Build } from '@osiris/contracts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useLocation, useNavigate, useParams } from 'react-router';
import { ApiError } from '../api/api-error';
import { appsApi } from '../api/apps.api';
import { buildsApi } from '../api/builds.api';
import { keys } from '../api/query-keys';
import { BuildLog } from '../build-log/build-log';
import { readLineRange, writeLineRange } from '../build-log/line-range';
import { ErrorMessage, Message } from '../layout/message';
import { usePageTitle } from '../layout/use-page-title';
import { formatDuration } from '../watch/duration';
import { useAppActions } from '../watch/use-app-actions';
import { watchPath } from '../watch/watch-path';
import { BuildFailureCard } from './build-failure';
import { ReusedNote, WaitingNote } from './build-notes';
import styles from './build.page.module.css';
import { STATUS_WORDS } from './build-words';
import { ImagePanel } from './image-panel';

/** One build: how it went, its log, and what came of it. */
export function BuildPage() {
  const id = useParams().id ?? '';
  const { data: build, error, isError, refetch } = useQuery({ queryKey: keys.build(id), queryFn: ({ signal }) => buildsApi.get(id, signal) });
  const { data: app } = useQuery({
    queryKey: keys.app(build?.appId ?? ''),
    queryFn: ({ signal }) => appsApi.get(build?.appId ?? '', signal),
    enabled: build !== undefined,
  });
  usePageTitle(app ? `Build of ${app.name}` : 'Build');

  if (build) return <BuildOfApp key={build.id} build={build} app={app} />;
  if (!isError) return <div className={styles.page} aria-busy="true" />;
  return error instanceof ApiError && (error.status === 404 || error.status === 400) ? (
    <Message title="No such build" level={1}>
      <p>It went with its app, or never was.</p>
      <Link to="/">Back to the shelf</Link>
    </Message>
  ) : (
    <ErrorMessage title="This build cannot be shown" error={error} onRetry={() => void refetch()} level={1} />
  );
}

function BuildOfApp({ build, app }: { build: Build; app: App | undefined }) {
  const { hash } = useLocation();
  const navigate = useNavigate();
  const [failedLine, setFailedLine] = useState<number | null>(null);
  const failed = build.status === 'failed' || build.status === 'canceled';
  const logged = build.watches && build.status === 'pending' ? null : build;

  return (
    <div className={styles.page}>
      <div className={styles.head}>
        <h1>{app ? <Link to={watchPath(app.slug)}>{app.name}</Link> : 'Build'}</h1>
        <p className={styles.facts}>
          <strong data-status={build.status}>{STATUS_WORDS[build.status]}</strong>
          <span>
            commit <code>{build.commitSha.slice(0, 12)}</code>
          </span>
          {build.durationMs !== null && <span>{formatDuration(build.durationMs)}</span>}
          {build.target && (
            <span>
              stage <code>{build.target}</code>
            </span>
          )}
          <time dateTime={build.queuedAt}>{new Date(build.queuedAt).toLocaleString()}</time>
        </p>
        {app && (build.status === 'pending' || build.status === 'running') && <CancelButton app={app} build={build} />}
      </div>
      <WaitingNote build={build} />
      <ReusedNote build={build} />
      {failed && app && <BuildFailureCard app={app} build={build} line={failedLine} />}
      {logged && !build.reused && (
          <BuildLog
            build={logged}
            whole
            chosen={readLineRange(hash)}
            onChoose={(range) => void navigate({ hash: range ? writeLineRange(range) : '' }, { replace: true, preventScrollReset: true })}
            onFailedLine={setFailedLine}
          />
      )}
      {build.image && <ImagePanel build={build} billOfMaterials={app?.latestBuild?.id === build.id ? app.billOfMaterials : null} />}
    </div>
  );
}

function CancelButton({ app, build }: { app: App; build: Build }) {
  const { cancelBuild } = useAppActions(app);
  return (
    <>
      <button type="button" className={styles.cancel} disabled={cancelBuild.isPending} onClick={() => cancelBuild.mutate(build.id)}>
        Cancel
      </button>
      {cancelBuild.error && <p role="alert">{cancelBuild.error.message}</p>}
    </>
  );
}
