import type { App, Build, HubEvent, Launch, SearchAppsResult } from '@osiris/contracts';
import type { InfiniteData, QueryClient } from '@tanstack/react-query';
import { keys } from '../api/query-keys';
import { followIngestion, type IngestionProgress, keepPreview, type KnownEvent, patchApp, patchPage, readEvent } from './event-cache';

type AppList = SearchAppsResult | InfiniteData<SearchAppsResult>;

function patchList(list: AppList | undefined, event: KnownEvent): AppList | undefined {
  if (!list) return list;
  if (!('pages' in list)) return patchPage(list, event);
  const pages = list.pages.map((page) => patchPage(page, event));
  return pages.every((page, index) => page === list.pages[index]) ? list : { ...list, pages };
}

/** Lists change their order and number only by asking again; at most once in this time, however much happens. */
const LIST_REFRESH_MS = 1_500;
const QUEUE_REFRESH_MS = 500;

/** An answer on its way while an event comes may be older than the event: it would undo it for good. */
function askAnewWhatIsUnderWay(client: QueryClient, queryKey: readonly unknown[]): void {
  for (const query of client.getQueryCache().findAll({ queryKey, fetchStatus: 'fetching' })) {
    const anew = (): void => void client.invalidateQueries({ queryKey: query.queryKey, exact: true });
    // A first answer is not called off by asking again, so it is waited for.
    if (query.state.data === undefined) void query.promise?.then(anew, () => undefined);
    else anew();
  }
}

/** Writes what an event says into the query cache, so that every page shows it at once. */
export function createEventApplier(client: QueryClient): (event: HubEvent) => void {
  let refresh: ReturnType<typeof setTimeout> | undefined;
  let queue: ReturnType<typeof setTimeout> | undefined;
  const refreshLists = (): void => {
    refresh ??= setTimeout(() => {
      refresh = undefined;
      void client.invalidateQueries({ queryKey: keys.apps });
    }, LIST_REFRESH_MS);
  };

  /** Each build that begins, ends or comes moves those that wait; an event tells of itself alone. */
  const refreshQueue = (): void => {
    queue ??= setTimeout(() => {
      queue = undefined;
      void client.invalidateQueries({ queryKey: keys.oneBuild, predicate: ({ state }) => (state.data as Build | undefined)?.status === 'pending' });
    }, QUEUE_REFRESH_MS);
  };

  return (raw) => {
    if (raw.type === 'service.updated') void client.invalidateQueries({ queryKey: keys.services });
    const event = readEvent(raw);
    if (!event) return;
    client.setQueriesData<App>({ queryKey: keys.oneApp }, (app) => app && patchApp(app, event));
    client.setQueriesData<AppList>({ queryKey: keys.apps }, (list) => patchList(list, event));
    askAnewWhatIsUnderWay(client, keys.oneApp);
    if (client.isFetching({ queryKey: keys.apps }) > 0) refreshLists();
    switch (event.type) {
      case 'app.created':
        return refreshLists();
      case 'app.deleted':
        refreshLists();
        return client.removeQueries({ queryKey: keys.history(event.id) });
      case 'ingestion.updated': {
        const { update, at } = event;
        client.setQueryData<IngestionProgress>(keys.ingestion(update.appId), (known) => followIngestion(known, update, at));
        if (update.phase === 'done') {
          refreshLists();
          void client.invalidateQueries({ queryKey: keys.oneApp, predicate: ({ state }) => (state.data as App | undefined)?.id === update.appId });
        }
        return refreshHistory(update.appId);
      }
      case 'build.updated': {
        const { build } = event;
        client.setQueryData<Build>(keys.build(build.id), (known) => known && { ...known, ...build });
        askAnewWhatIsUnderWay(client, keys.build(build.id));
        refreshQueue();
        return refreshHistory(build.appId);
      }
      case 'launch.updated': {
        const { launch } = event;
        client.setQueryData<Launch>(keys.launch(launch.id), (known) => keepPreview(launch, known) ?? launch);
        askAnewWhatIsUnderWay(client, keys.launch(launch.id));
        void client.invalidateQueries({ queryKey: keys.launches });
        return refreshHistory(launch.appId);
      }
      case 'app.updated':
        return;
    }
  };

  function refreshHistory(appId: string): void {
    void client.invalidateQueries({ queryKey: keys.history(appId) });
  }
}
