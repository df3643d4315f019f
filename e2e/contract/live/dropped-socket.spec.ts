import type { FoundApp } from '@osiris/contracts';
import { find, hub } from '../catalogue/seeded-hub';
import { expect, test } from '../page/contract-test';
import { BreakableProxy } from './breakable-proxy';

// Of no other spec: their names change for a moment.
const QUERY = 'topic:crm';

let proxy: BreakableProxy;
let apps: FoundApp[];

async function rename(app: FoundApp, name: string): Promise<void> {
  const answer = await hub.api.send('PATCH', `/apps/${app.id}`, { json: { name } });
  expect(answer.status, answer.text).toBe(200);
}

test.beforeEach(async () => {
  proxy = await BreakableProxy.start(hub.port);
  apps = await find(QUERY);
  expect(apps.length).toBeGreaterThanOrEqual(3);
});

test.afterEach(async () => {
  await proxy.stop();
  for (const app of apps) await rename(app, app.name);
});

test.describe('a dropped WebSocket', () => {
  test('is told, comes back by itself, and what changed meanwhile is shown without a reload and without asking again', async ({ search, page }) => {
    const [first, second, third] = apps as [FoundApp, FoundApp, FoundApp];
    const badge = page.getByRole('status').filter({ hasText: 'Reconnecting to the hub' });
    const sockets: string[] = [];
    page.on('websocket', (socket) => sockets.push(socket.url()));
    const card = (name: string) => search.results.getByRole('link', { name, exact: true });

    await page.goto(`${proxy.home}/?q=${QUERY}`);
    await expect(card(first.name)).toBeVisible();
    // Live before the drop: the page has a sequence to resume from.
    await rename(first, 'Renamed while connected');
    await expect(card('Renamed while connected')).toBeVisible();
    await expect(badge).toBeHidden();

    await page.evaluate('window.sameDocument = true');
    const asked: string[] = [];
    page.on('request', (request) => {
      if (new URL(request.url()).pathname.startsWith('/apps')) asked.push(request.url());
    });
    proxy.break();
    await expect(badge).toBeVisible();
    await expect(card(second.name), 'what was there stays').toBeVisible();
    await rename(second, 'Renamed in between');
    await rename(third, 'Renamed once');
    await rename(third, 'Renamed twice');
    await expect(card(second.name)).toBeVisible();

    proxy.mend();
    await expect(card('Renamed in between')).toBeVisible();
    await expect(card('Renamed twice')).toBeVisible();
    await expect(badge).toBeHidden();
    expect(await page.evaluate('window.sameDocument'), 'no reload').toBe(true);
    expect(sockets.at(-1), 'resumed after the last event seen').toMatch(/[?&]after=\d+/);
    expect(asked, 'nothing was missed, so nothing is asked for again').toEqual([]);

    await rename(first, first.name);
    await expect(card(first.name), 'live as before').toBeVisible();
  });

  test('that left before anything was heard is no gap either: the page asks again', async ({ search, page }) => {
    const [app] = apps as [FoundApp];
    await page.goto(`${proxy.home}/?q=${QUERY}`);
    const card = search.results.getByRole('link', { name: app.name, exact: true });
    await expect(card).toBeVisible();
    proxy.break();
    await expect(page.getByText('Reconnecting to the hub')).toBeVisible();
    await rename(app, 'Renamed unheard');
    proxy.mend();
    await expect(search.results.getByRole('link', { name: 'Renamed unheard', exact: true })).toBeVisible();
    await expect(page.getByText('Reconnecting to the hub')).toBeHidden();
  });

  test('does not keep one from typing: what cannot be asked is said, and asked again once it can', async ({ search, page }) => {
    await page.goto(`${proxy.home}/`);
    await expect(search.box).toBeFocused();
    await search.cards.first().waitFor();
    // So it resumes without a gap: nothing else has the page ask again.
    const heard = page.waitForEvent('websocket').then((socket) => socket.waitForEvent('framereceived'));
    await page.reload();
    await search.cards.first().waitFor();
    await rename(apps[0]!, 'Renamed to be heard');
    await heard;
    proxy.break();
    await expect(page.getByText('Reconnecting to the hub')).toBeVisible();
    await search.type('kanban');
    await expect(search.box).toHaveValue('kanban');
    await expect(page.getByRole('heading', { name: 'The search failed' })).toBeVisible();
    proxy.mend();
    await expect(page.getByText('Reconnecting to the hub')).toBeHidden();
    await expect(search.results.getByRole('link', { name: /kanban/i }).first()).toBeVisible();
  });
});
