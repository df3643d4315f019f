import type { FoundApp, SearchAppsResult } from '@osiris/contracts';
import { memo } from 'react';
import { Link } from 'react-router';
import { ErrorMessage, Message } from '../layout/message';
import { CardField } from '../search/card-field';
import { formatTag } from '../search/query-text';
import { watchPath } from '../watch/watch-path';
import { ShelfRow } from './shelf-row';
import type { ShelfRowModel } from './shelf-rows';
import styles from './shelf.module.css';
import { useShelf } from './use-shelf';

export const Shelf = memo(function Shelf() {
  const { popular, recent, rows } = useShelf();

  if (popular.isError && !popular.data) {
    return <ErrorMessage title="The shelf cannot be shown" error={popular.error} onRetry={() => void popular.refetch()} level={1} />;
  }
  if (popular.data?.total === 0) return <EmptyShelf />;
  return (
    <>
      <Greeting total={popular.data?.total} alive={aliveAmong(popular.data, recent.data)} />
      <CardField>
        {rows ? (
          rows.map((row) => <Row key={hrefOf(row)} row={row} />)
        ) : (
          <>
            <ShelfRow title="Popular" apps={undefined} />
            <ShelfRow title=" " apps={undefined} />
          </>
        )}
      </CardField>
    </>
  );
});

function Row({ row }: { row: ShelfRowModel }) {
  const { of, apps } = row;
  const title = of === 'popular' ? 'Popular' : of === 'recent' ? 'Recent' : of.value;
  return <ShelfRow title={title} titleKey={typeof of === 'object' ? of.key : undefined} apps={apps} moreHref={hrefOf(row)} />;
}

function hrefOf({ of }: ShelfRowModel): string {
  return typeof of === 'string' ? `/?sort=${of}` : `/?${new URLSearchParams({ q: formatTag(of.key, of.value) })}`;
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
