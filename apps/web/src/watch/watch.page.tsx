import type { App } from '@osiris/contracts';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'react-router';
import { ApiError } from '../api/api-error';
import { appsApi } from '../api/apps.api';
import { keys } from '../api/query-keys';
import { ErrorMessage, Message } from '../layout/message';
import { usePageTitle } from '../layout/use-page-title';
import { appState } from '../shelf/app-state';
import { StateDot } from '../shelf/state-dot';
import { AppFacts } from './app-facts';
import { HistoryTimeline } from './history-timeline';
import { RelatedRow } from './related-row';
import { Stage } from './stage';
import { WatchSkeleton } from './watch-skeleton';
import styles from './watch.module.css';

export function WatchPage() {
  const slug = useParams()['*'] ?? '';
  const { data: app, error, isError, refetch } = useQuery({
    queryKey: keys.app(slug),
    queryFn: ({ signal }) => appsApi.get(slug, signal),
  });
  usePageTitle(app?.name ?? slug);

  if (app) return <Watch key={app.id} app={app} />;
  if (!isError) return <WatchSkeleton />;
  return error instanceof ApiError && error.status === 404 ? (
    <NoSuchApp slug={slug} />
  ) : (
    <ErrorMessage title="This app cannot be shown" error={error} onRetry={() => void refetch()} level={1} />
  );
}

function NoSuchApp({ slug }: { slug: string }) {
  return (
    <Message title="No such app on the shelf" level={1}>
      <p>“{slug}” is not registered here, or was removed.</p>
      <Link to={`/?${new URLSearchParams({ q: slug.split('/').at(-1) ?? '' })}`}>Search for it</Link>
    </Message>
  );
}

function Watch({ app }: { app: App }) {
  const state = appState(app);
  return (
    <div className={styles.page}>
      <div className={styles.head}>
        <h1>{app.name}</h1>
        <StateDot state={state} withText />
      </div>
      <div className={styles.stage}>
        <Stage app={app} />
      </div>
      <AppFacts app={app} />
      <HistoryTimeline app={app} />
      <RelatedRow app={app} />
    </div>
  );
}
