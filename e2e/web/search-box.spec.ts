import { expect, test } from '@playwright/test';
import { sharedHub } from '../hub/shared-hub';

const { facts } = sharedHub();
const home = `http://localhost:${facts.port}`;

test.describe('the search box keeps what is typed', () => {
  // The address follows the box a little later: around its delay, an answer on its way once took letters back.
  for (const delay of [0, 30, 60, 90]) {
    test(`at ${delay} ms a letter`, async ({ page }) => {
      await page.goto(`${home}/`);
      const box = page.getByRole('combobox', { name: 'Search apps' });
      await expect(box).toBeFocused();
      await page.keyboard.type('a rather long search text', { delay });
      await expect(page).toHaveURL(/q=a(\+|%20)rather(\+|%20)long(\+|%20)search(\+|%20)text$/);
      await expect(box).toHaveValue('a rather long search text');
    });
  }

  test('and follows the back and forward buttons', async ({ page }) => {
    await page.goto(`${home}/?q=one`);
    const box = page.getByRole('combobox', { name: 'Search apps' });
    await expect(box).toHaveValue('one');
    await page.goto(`${home}/?q=two`);
    await expect(box).toHaveValue('two');
    await page.goBack();
    await expect(box).toHaveValue('one');
    await page.goForward();
    await expect(box).toHaveValue('two');
  });

  test('and takes a slash for what it is everywhere: the way to the box', async ({ page }) => {
    await page.goto(`${home}/`);
    const box = page.getByRole('combobox', { name: 'Search apps' });
    await expect(box).toBeFocused();
    await page.keyboard.type('/words/and');
    await expect(box).toHaveValue('words/and');
  });

  test('and is emptied with Escape', async ({ page }) => {
    await page.goto(`${home}/`);
    const box = page.getByRole('combobox', { name: 'Search apps' });
    await expect(box).toBeFocused();
    await page.keyboard.type('words');
    await expect(page).toHaveURL(/q=words/);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await expect(box).toHaveValue('');
    await expect(page).toHaveURL(`${home}/`);
  });
});
