import type { Locator, Page } from '@playwright/test';
import { BUILD_ID, buildAsIf, builtBuild, failedBuild, liveLog, logOfFailure, logOfLength, runningBuild, waitingBuild } from '../page/build-as-if';
import { expect, test } from '../page/contract-test';

const address = `/builds/${BUILD_ID}`;
const screenOf = (page: Page): Locator => page.getByRole('log');
const line = (page: Page, number: number): Locator => page.locator(`[data-line="${number}"]`);
const step = (page: Page, name: string): Locator => screenOf(page).getByRole('button', { name });
const visible = (page: Page, number: number): Promise<boolean> =>
  line(page, number).evaluate((row) => {
    const inner = row.getBoundingClientRect();
    const outer = row.closest('[role=log]')!.getBoundingClientRect();
    return inner.top >= outer.top - 1 && inner.bottom <= outer.bottom + 1;
  });

test.describe('a build that failed', () => {
  test.beforeEach(async ({ page, search }) => {
    await buildAsIf(page, failedBuild, logOfFailure());
    await search.open(address);
    await expect(page.getByText('128 lines')).toBeVisible();
  });

  test('says why, with its last words and what would mend it', async ({ page }) => {
    const card = page.getByRole('alert');
    await expect(card).toContainText('RUN npm run build ended with exit code 2');
    await expect(card).toContainText('[3/3] RUN npm run build');
    await expect(card).toContainText('Tried again, the same commit fails the same way.');
    await expect(card.getByRole('link', { name: 'Line 128 of the log' })).toHaveAttribute('href', `${address}#L128`);
    const asked = page.waitForRequest((request) => request.method() === 'POST' && request.url().endsWith('/builds'));
    await page.route('**/apps/*/builds', (route) => route.fulfill({ status: 503, json: {} }));
    await card.getByRole('button', { name: 'Build without cache' }).click();
    expect((await asked).postDataJSON()).toEqual({ noCache: true });
  });

  test('shows the step that failed, and folds those that went well', async ({ page }) => {
    await expect(step(page, '[3/3] RUN npm run build')).toHaveAttribute('aria-expanded', 'true');
    await expect(step(page, '[2/3] RUN npm ci')).toHaveAttribute('aria-expanded', 'false');
    await expect(step(page, '[2/3] RUN npm ci')).toContainText('7.2 s');
    await expect(step(page, '[1/3] FROM node:20-slim')).toContainText('cached');
    expect(await visible(page, 128)).toBe(true);
    await page.getByRole('button', { name: 'Expand all' }).click();
    // What was looked at stays where it is; the rest is above.
    expect(await visible(page, 128)).toBe(true);
    await screenOf(page).evaluate((element) => (element.scrollTop = 0));
    await expect(step(page, '[2/3] RUN npm ci')).toHaveAttribute('aria-expanded', 'true');
    await page.getByRole('button', { name: 'Collapse all' }).click();
    await expect(line(page, 127)).toHaveCount(0);
    await step(page, '[3/3] RUN npm run build').focus();
    await page.keyboard.press('Enter');
    await expect(line(page, 127)).toContainText('error in src/board.ts <b>not markup</b>');
    await expect(line(page, 127).locator('b')).toHaveCount(0);
  });

  test('leads to lines, and marks them', async ({ page }) => {
    await line(page, 127).getByRole('link', { name: 'Line 127' }).click();
    await expect(page).toHaveURL(/#L127$/);
    await line(page, 128).getByRole('link').click({ modifiers: ['Shift'] });
    await expect(page).toHaveURL(/#L127-L128$/);
    await expect(page.locator('[data-chosen]')).toHaveCount(2);
  });

  test('finds text in folded steps too, and goes from match to match', async ({ page }) => {
    await page.keyboard.press('Control+f');
    const field = page.getByLabel('Find in the log');
    await expect(field).toBeFocused();
    await field.fill('PACKAGE 7');
    const told = page.getByRole('search', { name: 'In this log' }).getByRole('status');
    await expect(told).toHaveText('1 of 11');
    await expect(page.locator('[data-current] mark')).toHaveText('package 7');
    await page.keyboard.press('Shift+Enter');
    await expect(told).toHaveText('11 of 11');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await expect(told).toHaveText('2 of 11');
    await expect(page.locator('[data-current]')).toContainText('package 70');
    await field.fill(':50');
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/#L50$/);
    await expect.poll(() => visible(page, 50)).toBe(true);
  });
});

test('a link to lines unfolds what they are in', async ({ page, search }) => {
  await buildAsIf(page, failedBuild, logOfFailure());
  await search.open(`${address}#L60-L62`);
  await expect(page.locator('[data-chosen]')).toHaveCount(3);
  await expect.poll(() => visible(page, 60)).toBe(true);
});

test('a log that grows is followed, until one scrolls up, and again with End', async ({ page, search }) => {
  const all = logOfLength(400);
  const say = await liveLog(page);
  await buildAsIf(page, runningBuild, all.slice(0, 200));
  await search.open(address);
  await expect.poll(() => visible(page, 200)).toBe(true);
  // What was served comes again, and lines beyond it.
  say(all.slice(150, 260));
  await expect.poll(() => visible(page, 260)).toBe(true);
  await screenOf(page).hover();
  await page.mouse.wheel(0, -900);
  const follow = page.getByRole('button', { name: 'Follow' });
  await expect(follow).toHaveAttribute('aria-pressed', 'false');
  const stood = await screenOf(page).evaluate((element) => element.scrollTop);
  say(all.slice(260, 300));
  await expect(page.getByText('300 lines')).toBeVisible();
  expect(await screenOf(page).evaluate((element) => element.scrollTop)).toBe(stood);
  await screenOf(page).focus();
  await page.keyboard.press('End');
  await expect(follow).toHaveAttribute('aria-pressed', 'true');
  await expect.poll(() => visible(page, 300)).toBe(true);
  say(all.slice(300, 400));
  await expect.poll(() => visible(page, 400)).toBe(true);
  // The job began anew, later: nothing of the run before is left, though it is what is still served.
  const anew = all.slice(0, 8).map((one) => ({ ...one, at: '2026-01-01T00:05:00.000Z', text: `anew ${one.seq}` }));
  say(anew.slice(0, 3), { run: 'B' });
  await expect(page.getByText('3 lines', { exact: true })).toBeVisible();
  await expect(line(page, 3)).toContainText('anew 3');
  say(anew.slice(3, 8), { run: 'B' });
  await expect(page.getByText('8 lines', { exact: true })).toBeVisible();
  await expect(line(page, 8)).toContainText('anew 8');
});

test('a long log is drawn only where it is looked at', async ({ page, search }) => {
  await buildAsIf(page, builtBuild, logOfLength(50_000));
  await search.open(address);
  await expect(page.getByText('50,001 lines')).toBeVisible();
  await page.getByRole('button', { name: 'Expand all' }).click();
  await screenOf(page).evaluate((element) => (element.scrollTop = element.scrollHeight / 2));
  await expect(page.locator('[data-line]').first()).toContainText(/generated 2[45]\d\d\d/);
  expect(await page.locator('[data-line]').count()).toBeLessThan(150);
});

test('a build that waits says its place', async ({ page, search }) => {
  await buildAsIf(page, waitingBuild(3, 7), []);
  await search.open(address);
  await expect(page.getByText('3rd of 7 waiting for a builder')).toBeVisible();
});

test('a built image tells what it is', async ({ page, search }) => {
  const slug = await buildAsIf(page, builtBuild, logOfFailure());
  for (const path of [address, `/watch/${slug}`]) {
    await search.open(path);
    const image = page.getByRole('region', { name: 'Image', exact: true });
    for (const text of ['sha256:abababababab', '5.2 MB, 6 layers', 'runs as root', `sh -c 'exec node "$APP"'`, 'node:20-slim@sha256:cdcdcdcdcdcd']) await expect(image).toContainText(text);
  }
});
