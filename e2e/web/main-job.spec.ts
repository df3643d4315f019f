import { expect, test } from '@playwright/test';
import { sharedHub } from '../hub/shared-hub';
import { staticApp } from '../repositories/fixtures';

const { facts, api } = sharedHub();
const home = `http://localhost:${facts.port}`;

test.describe('the main job, in the page', () => {
  test.describe.configure({ mode: 'serial' });

  test('register a URL, watch it being built, use it in the page, stop it', async ({ page }) => {
    const failures: string[] = [];
    page.on('pageerror', (error) => failures.push(String(error)));
    const { url } = staticApp(facts.repositories, 'e2e-web/tally', {
      title: 'Tally Counter',
      about: 'Counts whatever you see fit to count.',
      tags: { category: 'counting', mood: 'patient' },
      // The last line stands long enough to be seen on a busy machine: the log goes with the build.
      run: 'for i in 1 2 3 4 5; do echo stirring $i; sleep 1; done; sleep 3',
    });

    await page.goto(`${home}/`);
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: /Register/ }).click();
    await page.getByLabel('Repository address').fill(url);
    await page.keyboard.press('Enter');

    await expect(page).toHaveURL(/\/watch\//);
    const phases = page.getByRole('list', { name: 'Progress' });
    await expect(phases).toBeVisible();
    await expect(phases.getByRole('listitem')).toHaveCount(5);
    // Live: the first line is there while the last is still to come.
    await expect(page.getByText('stirring 1', { exact: true })).toBeVisible({ timeout: 60_000 });
    await expect(page.getByText('stirring 5', { exact: true })).toHaveCount(0);
    await expect(page.getByRole('heading', { name: 'Tally Counter', level: 1 })).toBeVisible();
    await expect(page.getByText('stirring 5', { exact: true })).toBeVisible();

    const app = page.frameLocator('iframe[title="Preview of Tally Counter"]');
    await expect(app.getByRole('heading', { name: 'Tally Counter' })).toBeVisible({ timeout: 60_000 });
    await app.getByRole('button', { name: 'Count' }).click();
    await app.getByRole('button', { name: 'Count' }).click();
    await expect(app.locator('output')).toHaveText('2');
    await expect(page.getByRole('timer')).toContainText('left');

    await page.reload();
    await expect(app.getByRole('heading', { name: 'Tally Counter' }), 'a reload finds the running app').toBeVisible();

    await page.getByRole('button', { name: 'Stop', exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Stop it' }).click();
    await expect(page.locator('iframe')).toHaveCount(0, { timeout: 30_000 });
    await expect(page.getByRole('main').getByRole('button', { name: 'Launch', exact: true })).toBeVisible();
    expect(failures).toEqual([]);
  });

  test('find it by a few letters and launch it, with the keyboard alone; the back button works', async ({ page }) => {
    await page.goto(`${home}/`);
    await expect(page.getByRole('combobox', { name: 'Search apps' })).toBeFocused();
    await page.keyboard.type('tally');
    const card = page.getByRole('list', { name: 'Apps found' }).getByRole('link', { name: 'Tally Counter' });
    await expect(card).toBeVisible();
    await expect(page).toHaveURL(/\?q=tally/);
    // The app is offered by its name too: past it, the arrow leads into the results.
    await expect(page.getByRole('option', { name: /Tally Counter/ })).toBeVisible();
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowDown');
    await expect(card).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/\/watch\//);
    await page.goBack();
    await expect(page).toHaveURL(/\?q=tally/);
    await expect(card).toBeVisible();
    await card.focus();
    await page.keyboard.press('l');
    await expect(page).toHaveURL(/\/watch\//);
    const app = page.frameLocator('iframe[title="Preview of Tally Counter"]');
    await expect(app.getByRole('heading', { name: 'Tally Counter' })).toBeVisible({ timeout: 60_000 });
    await app.getByRole('button', { name: 'Count' }).click();
    await expect(app.locator('output')).toHaveText('1');
    const { body } = await api.get<{ items: { id: string }[] }>('/launches?status=running');
    for (const { id } of body.items) {
      await api.send('DELETE', `/launches/${id}`);
      await api.ended(id);
    }
    // The page learns by event, without a reload.
    await expect(page.locator('iframe')).toHaveCount(0, { timeout: 20_000 });
  });

  test('a tag is offered, taken with Tab, and shown as a chip that Backspace takes apart', async ({ page }) => {
    await page.goto(`${home}/`);
    const box = page.getByRole('combobox', { name: 'Search apps' });
    await expect(box).toBeFocused();
    await page.keyboard.type('mo');
    await expect(page.getByRole('option', { name: /mood:/ }).first()).toBeVisible();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Tab');
    await expect(box).toHaveValue('mood:');
    await page.keyboard.type('pat');
    await expect(page.getByRole('option', { name: /patient/ })).toBeVisible();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/mood/);
    await expect(page.getByRole('list', { name: 'Apps found' }).getByRole('link', { name: 'Tally Counter' })).toBeVisible();
    await expect(box).toHaveValue('');
    await page.keyboard.press('Backspace');
    await expect(box).toHaveValue(/mood:patient/);
  });
});

test('a repository that fails says what happened and where', async ({ page }) => {
  const { url } = staticApp(facts.repositories, 'e2e-web/doomed', { title: 'Doomed', about: 'Ends badly.', run: 'echo so far so good; exit 9' });
  const { id, slug } = await api.register(url);
  await api.built(id);
  await page.goto(`${home}/watch/${slug}`);
  await expect(page.getByRole('heading', { name: 'Doomed', level: 1 })).toBeVisible();
  const why = page.getByRole('alert');
  await expect(why).toContainText('exit code 9');
  await expect(why.getByText('so far so good', { exact: true }), 'its last words').toBeVisible();
  await expect(page.getByRole('log').getByText('so far so good', { exact: true }), 'the log, unfolded at the step that failed').toBeVisible();
  await why.getByRole('link', { name: /^Line \d+ of the log$/ }).click();
  await expect(page).toHaveURL(/\/builds\/bld_\w+#L\d+$/);
  await expect(page.locator('[data-chosen]')).toBeVisible();
  await page.reload();
  await expect(page.locator('[data-chosen]'), 'the address of a line, opened').toBeVisible();
  await page.goBack();
  await expect(page.getByRole('heading', { name: 'Doomed', level: 1 })).toBeVisible();
});

test('a URL that cannot be is refused beside its field', async ({ page }) => {
  await page.goto(`${home}/register`);
  await page.getByLabel('Repository address').fill('ext::sh -c id');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toBeVisible();
  await expect(page).toHaveURL(/\/register/);
});

for (const path of ['/', '/register', '/operations', '/watch/nobody/nothing', '/?q=tally']) {
  test(`fits a screen of 360 px: ${path}`, async ({ page }) => {
    await page.setViewportSize({ width: 360, height: 740 });
    await page.goto(`${home}${path}`);
    await expect(page.getByRole('main').getByRole('heading').first()).toBeVisible();
    expect(await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
  });
}
