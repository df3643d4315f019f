import { find } from '../catalogue/seeded-hub';
import { expect, test } from '../page/contract-test';

const historyLength = 'history.length';

test('the back button leads from a watch page to the same results at the same place', async ({ search, page }) => {
  await search.search('chat');
  const before = await search.cards.allTextContents();
  const far = search.cards.nth(10);
  await far.focus();
  await expect(far).toBeInViewport();
  const top = await page.evaluate<number>('scrollY');
  expect(top, 'the page is scrolled').toBeGreaterThan(200);
  await search.press('Enter');
  await expect(page).toHaveURL(/\/watch\//);
  await expect(search.box, 'the box is for the next search').toHaveValue('');

  await page.goBack();
  await expect(page).toHaveURL(/\/\?q=chat$/);
  await expect(search.box).toHaveValue('chat');
  await expect(far).toBeInViewport();
  expect(await search.cards.allTextContents()).toEqual(before);
  await expect.poll(() => page.evaluate<number>('scrollY')).toBe(top);

  await page.goForward();
  await expect(page).toHaveURL(/\/watch\//);
});

test('letters typed are one entry of the history, however many', async ({ search, page }) => {
  await search.open('/');
  await expect(search.box).toBeFocused();
  const before = await page.evaluate<number>(historyLength);
  for (const [index, letter] of [...'kanban board'].entries()) {
    await search.type(letter);
    await expect.poll(() => search.query()).toBe('kanban board'.slice(0, index + 1).trim());
  }
  await expect(search.results).toBeVisible();
  expect(await page.evaluate<number>(historyLength)).toBe(before + 1);
  await page.goBack();
  await expect(search.box).toHaveValue('');
  await expect(page.getByRole('heading', { level: 1, name: 'A shelf of living apps' })).toBeVisible();
});

test('each search that was made is an entry of the history', async ({ search, page }) => {
  await search.open('/');
  await search.type('kanban');
  await expect(search.results).toContainText(/kanban/i);
  await search.press('Escape', 'Enter');
  await expect(search.results.getByRole('link').first()).toBeFocused();
  await search.press('/');
  await search.box.fill('recipe');
  await expect(search.results).toContainText(/recipe/i);
  await expect.poll(() => search.query()).toBe('recipe');
  await page.goBack();
  await expect(search.box).toHaveValue('kanban');
  await expect(search.results).toContainText(/kanban/i);
  await page.goForward();
  await expect(search.box).toHaveValue('recipe');
});

test('a facet taken is an entry of the history', async ({ search, page }) => {
  await search.search('chat');
  const total = await search.cards.count();
  const facets = page.getByRole('navigation', { name: 'Narrow the results' });
  await facets.getByRole('link', { name: /^elixir/ }).click();
  await expect(search.chips).toHaveText([/^language:elixir/]);
  await expect.poll(() => search.query()).toBe('language:elixir chat');
  await expect.poll(() => search.cards.count()).toBeLessThan(total);
  await page.goBack();
  await expect(search.chips).toHaveCount(0);
  await expect(search.box).toHaveValue('chat');
  await expect(search.cards).toHaveCount(total);
});

test('a link with a query opens so, and a reload keeps it', async ({ search, page }) => {
  const expected = (await find('-license:mit language:typescript board', 'popular')).map(({ name }) => name);
  expect(expected.length).toBeGreaterThan(1);
  const shown = async (): Promise<void> => {
    await expect(search.chips).toHaveText([/^not license:mit/, /^language:typescript/]);
    await expect(search.box).toHaveValue('board');
    await expect(search.cards).toHaveText(expected);
    await expect(page.getByRole('combobox', { name: 'Sort' })).toHaveValue('popular');
  };
  await search.open(`/?${new URLSearchParams({ q: '-license:mit language:typescript board', sort: 'popular' })}`);
  await shown();
  const address = page.url();
  await page.reload();
  await shown();
  expect(page.url()).toBe(address);
});
