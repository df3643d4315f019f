import type { Page } from '@playwright/test';
import type { App, Launch, SearchAppsResult } from '@osiris/contracts';

/** Nothing may depend on the clock here; later than all of the corpus. */
const AT = '2026-01-01T00:00:00.000Z';

const build = (appId: string, status: 'succeeded' | 'failed' | 'running'): NonNullable<App['latestBuild']> => ({
  id: 'bld_00000000000000000000000000', appId, commitSha: '0'.repeat(40), status, error: null, image: null, log: null,
  queuedAt: AT, startedAt: AT, completedAt: status === 'running' ? null : AT, durationMs: status === 'running' ? null : 1_000,
});

const launch = (appId: string, status: Launch['status']): Launch => ({
  id: 'lch_00000000000000000000000000', appId, buildId: 'bld_00000000000000000000000000', status, previewUrl: null, error: null,
  profile: 'small', createdAt: AT, startedAt: null, expiresAt: AT, timings: { queuedMs: null, startMs: null, readyMs: null },
});

/** How the hub would tell of an app in each state that a card shows. Without an engine, none of the seeded apps is in one. */
export const STATES: Record<string, (app: App) => App> = {
  running: (app) => ({ ...app, launchable: true, offered: true, latestBuild: build(app.id, 'succeeded'), latestLaunch: launch(app.id, 'running') }),
  ready: (app) => ({ ...app, launchable: true, offered: true, latestBuild: build(app.id, 'succeeded') }),
  building: (app) => ({ ...app, latestBuild: build(app.id, 'running') }),
  failed: (app) => ({ ...app, latestBuild: build(app.id, 'failed') }),
};

/** Changes the apps in the hub's own answers to searches, on their way to the page. */
export async function appsAsIf(page: Page, change: (app: App, place: number) => App): Promise<void> {
  await page.route('**/apps?*', async (route) => {
    const response = await route.fetch();
    const body = (await response.json()) as SearchAppsResult;
    // A search answers each app with its highlights, which a change leaves as they are.
    await route.fulfill({ response, json: { ...body, items: body.items.map((app, place) => change(app, place)) } });
  });
}

/**
 * Some apps can be launched, and launches of them are taken.
 * @returns what is asked for, as it comes
 */
export async function launchableAsIf(page: Page, ids: readonly string[]): Promise<{ appId: string }[]> {
  const asked: { appId: string }[] = [];
  await appsAsIf(page, (app) => (ids.includes(app.id) ? STATES.ready!(app) : app));
  await page.route('**/launches', async (route) => {
    if (route.request().method() !== 'POST') return route.continue();
    const body = route.request().postDataJSON() as { appId: string };
    asked.push(body);
    await route.fulfill({ status: 202, json: launch(body.appId, 'pending') });
  });
  return asked;
}
