import { expect, test } from '../page/contract-test';
import { find } from '../catalogue/seeded-hub';
import { launchableAsIf } from '../page/as-if';

// Two columns of cards beside the facets.
test.use({ viewport: { width: 1024, height: 768 } });

test.describe('in the results', () => {
  test.beforeEach(async ({ search }) => {
    await search.search('kanban');
    await expect(search.cards.nth(4)).toBeVisible();
    const [first, second, third] = await Promise.all([0, 1, 2].map((index) => search.cards.nth(index).boundingBox()));
    expect(second?.y, 'two cards are in the first row').toBe(first?.y);
    expect(third?.y, 'and no more').toBeGreaterThan(second?.y ?? 0);
    await search.cards.first().focus();
  });

  test('↓ ↑ move between cards by row', async ({ search }) => {
    await search.press('ArrowDown');
    await expect(search.cards.nth(2)).toBeFocused();
    await search.press('ArrowDown');
    await expect(search.cards.nth(4)).toBeFocused();
    await search.press('ArrowUp');
    await expect(search.cards.nth(2)).toBeFocused();
    await search.press('ArrowUp');
    await expect(search.cards.first()).toBeFocused();
  });

  test('↓ ↑ keep to the column', async ({ search }) => {
    await search.press('ArrowRight', 'ArrowDown');
    await expect(search.cards.nth(3)).toBeFocused();
    await search.press('ArrowUp');
    await expect(search.cards.nth(1)).toBeFocused();
  });

  test('← → move between cards by column', async ({ search }) => {
    await search.press('ArrowRight');
    await expect(search.cards.nth(1)).toBeFocused();
    await search.press('ArrowRight');
    await expect(search.cards.nth(1), 'the row ends here').toBeFocused();
    await search.press('ArrowLeft');
    await expect(search.cards.first()).toBeFocused();
    await search.press('ArrowLeft');
    await expect(search.cards.first(), 'the row begins here').toBeFocused();
  });

  test('↑ from the first row leads back to the box', async ({ search }) => {
    await search.press('ArrowUp');
    await expect(search.box).toBeFocused();
    await expect(search.box).toHaveValue('kanban');
  });

  test('Enter opens the watch page', async ({ search, page }) => {
    const second = (await find('kanban'))[1];
    await search.press('ArrowRight', 'Enter');
    await expect(page).toHaveURL(new RegExp(`/watch/${second?.slug}$`));
    await expect(page.getByRole('heading', { level: 1, name: second?.name })).toBeVisible();
  });

  test('Esc: back to the box', async ({ search }) => {
    await search.press('ArrowDown', 'Escape');
    await expect(search.box).toBeFocused();
    await expect(search.box, 'the search stays').toHaveValue('kanban');
    await expect(search.results).toBeVisible();
  });

  test('? shows the keys, and Esc hides them again', async ({ search, page }) => {
    await search.press('?');
    await expect(search.keys).toBeVisible();
    for (const key of ['/', 'Ctrl K', '?', '↓', '↑', '←', '→', 'Tab', 'Enter', 'Esc', 'Backspace', 'L']) {
      await expect(search.keys.getByText(key, { exact: true }).first()).toBeVisible();
    }
    await search.press('/');
    await expect(search.box, 'the keys below do not work meanwhile').not.toBeFocused();
    await search.press('Escape');
    await expect(search.keys).toBeHidden();
    await expect(search.cards.first()).toBeFocused();
    await expect(page).toHaveURL(/\?q=kanban$/);
  });

  test('l shows an app that cannot be launched', async ({ search, page }) => {
    const first = (await find('kanban'))[0];
    await search.press('l');
    await expect(page).toHaveURL(new RegExp(`/watch/${first?.slug}$`));
  });
});

test('l launches at once', async ({ search, page }) => {
  const [app] = await find('kanban');
  const launches = await launchableAsIf(page, [app!.id]);
  await search.search('kanban');
  await search.cards.first().focus();
  await search.press('l');
  await expect(page).toHaveURL(new RegExp(`/watch/${app!.slug}$`));
  expect(launches.map(({ appId }) => appId)).toEqual([app!.id]);
});

test('? in the box is a letter', async ({ search }) => {
  await search.open('/');
  await search.box.focus();
  await search.type('why?');
  await expect(search.box).toHaveValue('why?');
  await expect(search.keys).toBeHidden();
});

test.describe('on the shelf', () => {
  test('the arrows move through its rows as through the results, and Esc leads to the box', async ({ search, page }) => {
    await search.open('/');
    await search.cards.nth(12).waitFor();
    const second = page.getByRole('main').getByRole('region').nth(1).getByRole('article').first().getByRole('link').first();
    await search.cards.first().focus();
    await search.press('ArrowRight');
    await expect(search.cards.nth(1)).toBeFocused();
    await search.press('ArrowLeft', 'ArrowDown');
    await expect(second).toBeFocused();
    await search.press('ArrowUp');
    await expect(search.cards.first()).toBeFocused();
    await search.press('Escape');
    await expect(search.box).toBeFocused();
  });

  test('↓ in the empty box offers the keys there are', async ({ search }) => {
    await search.open('/');
    // They are asked for once the box is used: until they are there, ↓ leads to the shelf.
    await expect(async () => {
      await search.box.focus();
      await search.press('Escape', 'ArrowDown');
      await expect(search.options.first()).toHaveAttribute('aria-selected', 'true', { timeout: 500 });
    }).toPass({ timeout: 10_000 });
    for (const text of await search.options.allTextContents()) expect(text).toMatch(/^[a-z-]+:…/);
  });
});
