import type { FoundApp, SearchAppsResult } from '@osiris/contracts';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { appsApi } from '../api/apps.api';
import { keys } from '../api/query-keys';
import { ErrorMessage, Message } from '../layout/message';
import { CardField } from '../search/card-field';
import { watchPath } from '../watch/watch-path';
import { bigTags } from './big-tags';
import { ShelfRow } from './shelf-row';
import styles from './shelf.module.css';

const ROW_LENGTH = 12;

function useRow(q: string, sort: 'popular' | 'recent', enabled = true) {
  return useQuery({
    queryKey: keys.row(q, sort, ROW_LENGTH),
    queryFn: ({ signal }) => appsApi.search({ q, sort, limit: ROW_LENGTH }, undefined, signal),
    enabled,
  });
}

export function Shelf() {
  const popular = useRow('', 'popular');
  const recent = useRow('', 'recent');

  if (popular.isError && !popular.data) {
    return <ErrorMessage title="The shelf cannot be shown" error={popular.error} onRetry={() => void popular.refetch()} level={1} />;
  }
  if (popular.data?.total === 0) return <EmptyShelf />;
  const alive = aliveAmong(popular.data, recent.data);

  return (
    <>
      <Greeting total={popular.data?.total} alive={alive} />
      <CardField>
        <ShelfRow title="Popular" apps={popular.data?.items} moreHref="/?sort=popular" />
        <ShelfRow title="Recent" apps={recent.data?.items} moreHref="/?sort=recent" />
        {bigTags(popular.data).map((tag) => (
          <TagRow key={tag} tag={tag} />
        ))}
      </CardField>
    </>
  );
}

function TagRow({ tag }: { tag: string }) {
  const { data } = useRow(tag, 'popular');
  return <ShelfRow title={tag} apps={data?.items} moreHref={`/?${new URLSearchParams({ q: tag })}`} />;
}

function aliveAmong(...lists: (SearchAppsResult | undefined)[]): FoundApp[] {
  const byId = new Map<string, FoundApp>();
  for (const app of lists.flatMap((list) => list?.items ?? [])) {
    if (app.latestLaunch?.status === 'running') byId.set(app.id, app);
  }
  return [...byId.values()];
}

const ALIVE_SHOWN = 5;

function Greeting({ total, alive }: { total: number | undefined; alive: readonly FoundApp[] }) {
  return (
    <div className={styles.greeting}>
      <h1>A shelf of living apps</h1>
      <p>
        {total !== undefined && `${total.toLocaleString('en')} ${total === 1 ? 'app' : 'apps'}. `}
        Find one, press Enter, and it runs.
      </p>
      {/* Always there, so that an app that comes alive moves nothing. */}
      <p className={styles.alive}>
        {alive.length > 0 && (
          <>
            <span className={styles.sun} aria-hidden="true" /> Alive now:{' '}
            {alive.slice(0, ALIVE_SHOWN).map(({ id, name, slug }, index) => (
              <span key={id}>
                {index > 0 && ', '}
                <Link to={watchPath(slug)}>{name}</Link>
              </span>
            ))}
            {alive.length > ALIVE_SHOWN && ` and ${alive.length - ALIVE_SHOWN} more`}
          </>
        )}
      </p>
    </div>
  );
}

function EmptyShelf() {
  return (
    <Message title="The shelf is empty" level={1}>
      <p>
        Any git repository with a Dockerfile can stand here. Give its address, watch it being fetched, read and built, and
        launch it in the page.
      </p>
      <Link to="/register">Register the first app</Link>
    </Message>
  );
}
