import type { App, HubEvent } from '@osiris/contracts';
import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { keys } from '../api/query-keys';
import { createEventApplier } from './apply-event';

const appWith = (status: string): App => ({ id: 'app_1', slug: 'a/b', latestBuild: { id: 'bld_1', appId: 'app_1', status, queuedAt: '2026-01-01T00:00:00Z' } }) as App;
const succeeded = { type: 'build.updated', sequence: 2, data: { build: appWith('succeeded').latestBuild } } as unknown as HubEvent;

/** A page that shows the app, and answers that come when the test says so. */
function watched(initial?: App) {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const answers: ((app: App) => void)[] = [];
  const queryKey = keys.app('a/b');
  if (initial) client.setQueryData(queryKey, initial);
  const observer = new QueryObserver<App>(client, { queryKey, queryFn: () => new Promise<App>((answer) => answers.push(answer)), staleTime: Infinity });
  const leave = observer.subscribe(() => undefined);
  return { client, answers, queryKey, leave, shown: () => client.getQueryData<App>(queryKey)?.latestBuild?.status };
}
const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));

describe('an event that overtakes an answer', () => {
  it('is not undone by the answer of a refetch that was asked for before', async () => {
    const page = watched(appWith('running'));
    void page.client.invalidateQueries({ queryKey: page.queryKey });
    await settle();
    createEventApplier(page.client)(succeeded);
    expect(page.shown()).toBe('succeeded');
    await settle();
    page.answers[0]?.(appWith('running'));
    await settle();
    expect(page.shown()).toBe('succeeded');
    expect(page.answers).toHaveLength(2);
    page.answers[1]?.(appWith('succeeded'));
    await settle();
    expect(page.shown()).toBe('succeeded');
    page.leave();
    page.client.clear();
  });

  it('makes the first answer be asked for once more', async () => {
    const page = watched();
    await settle();
    createEventApplier(page.client)(succeeded);
    page.answers[0]?.(appWith('running'));
    await settle();
    page.answers[1]?.(appWith('succeeded'));
    await settle();
    expect(page.shown()).toBe('succeeded');
    page.leave();
    page.client.clear();
  });
});
