import { SEEDED_APPS } from '../catalogue/seeded-hub';
import { expect, test } from '../page/contract-test';

/** "A few dozen": a first page may be drawn whole, a long list only around what is seen. */
const MOST_CARDS = 48;
const quickly = { timeout: 25_000, intervals: [30] };

test('however many are found and however far one scrolls, the page holds a few dozen cards', async ({ search, page }) => {
  await search.search('', 'name');
  const place = (number: number) => search.results.locator(`li[aria-posinset="${number}"]`).getByRole('article');
  const counts: number[] = [];
  const scrollTo = async (number: number, wheel: number): Promise<void> => {
    await expect(async () => {
      await page.mouse.wheel(0, wheel);
      counts.push(await page.getByRole('article').count());
      await expect(place(number)).toBeInViewport({ timeout: 30 });
    }).toPass(quickly);
  };
  await scrollTo(SEEDED_APPS, 2_500);
  await expect(search.results.getByRole('listitem').last()).toBeVisible();
  await expect(page.getByRole('button', { name: 'Show more' })).toBeHidden();
  // The pages left behind are not held any more: they come again.
  await scrollTo(1, -2_500);
  expect(Math.max(...counts)).toBeLessThanOrEqual(MOST_CARDS);
});

test('a next page that cannot be had takes nothing away, and can be asked for again', async ({ search, page }) => {
  let down = true;
  await page.route('**/apps?*cursor=*', (route) => (down ? route.fulfill({ status: 500, json: { code: 'INTERNAL', title: 'Of this test', detail: 'Of this test', status: 500 } }) : route.continue()));
  await search.search('', 'name');
  const first = await search.cards.allTextContents();
  await search.cards.last().focus();
  const again = page.getByRole('button', { name: /could not be had/ });
  await expect(again).toBeVisible();
  expect(await search.cards.allTextContents()).toEqual(first);
  down = false;
  await again.click();
  await expect.poll(() => search.cards.count()).toBeGreaterThan(first.length);
});

test('↓ held down walks past the cards that are drawn and never loses the focus', async ({ search, page }) => {
  await search.search('', 'name');
  await search.cards.first().focus();
  const focused = search.results.locator('li:focus-within');
  await expect(async () => {
    await search.press(...Array<string>(8).fill('ArrowDown'));
    await expect(focused).toHaveCount(1, { timeout: 1 });
    expect(Number(await focused.getAttribute('aria-posinset', { timeout: 30 }))).toBeGreaterThan(SEEDED_APPS / 2);
  }).toPass(quickly);
  expect(await page.getByRole('article').count()).toBeLessThanOrEqual(MOST_CARDS);
});
