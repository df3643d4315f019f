import { expect, test } from '../page/contract-test';

test.beforeEach(async ({ search }) => {
  await search.open('/');
  await expect(search.box).toBeFocused();
});

test('↓ moves through the suggestions, and from the last into the results', async ({ search }) => {
  await search.typeForSuggestions('la');
  await expect(search.cards.first()).toBeVisible();
  const count = await search.options.count();
  expect(count).toBeGreaterThan(1);
  for (let index = 0; index < count; index++) {
    await search.press('ArrowDown');
    const option = search.options.nth(index);
    await expect(option).toHaveAttribute('aria-selected', 'true');
    await expect(search.chosen).toHaveCount(1);
    await expect(search.box).toHaveAttribute('aria-activedescendant', (await option.getAttribute('id')) ?? '');
    await expect(search.box).toBeFocused();
  }
  await search.press('ArrowDown');
  await expect(search.cards.first()).toBeFocused();
  await expect(search.options).toHaveCount(0);
});

test('↓ wraps from the last suggestion to the first where no results are to go to', async ({ search }) => {
  await search.type('database:redis language:gleam ');
  await expect(search.chips).toHaveCount(2);
  await search.typeForSuggestions('la');
  await expect(search.cards).toHaveCount(0);
  const count = await search.options.count();
  for (let index = 0; index < count; index++) await search.press('ArrowDown');
  await expect(search.options.last()).toHaveAttribute('aria-selected', 'true');
  await search.press('ArrowDown');
  await expect(search.options.first()).toHaveAttribute('aria-selected', 'true');
});

test('↑ moves through the suggestions backwards and wraps from the first to the last', async ({ search }) => {
  await search.typeForSuggestions('la');
  const count = await search.options.count();
  await search.press('ArrowDown', 'ArrowUp');
  for (let index = count - 1; index >= 0; index--) {
    await expect(search.options.nth(index)).toHaveAttribute('aria-selected', 'true');
    await search.press('ArrowUp');
  }
  await expect(search.options.last()).toHaveAttribute('aria-selected', 'true');
  await expect(search.box).toBeFocused();
});

for (const [key, keys] of [['Tab', ['Tab']], ['Enter', ['ArrowDown', 'Enter']]] as const) {
  test(`${key} accepts a suggestion: a key leaves \`key:\` and offers its values`, async ({ search }) => {
    await search.typeForSuggestions('langu');
    await expect(search.options.first()).toHaveText(/^language:…/);
    await search.press(...keys);
    await expect(search.box).toHaveValue('language:');
    await expect(search.box).toBeFocused();
    await expect(search.box).toHaveAttribute('aria-expanded', 'true');
    await expect(search.options.first()).toHaveText(/^language:typescript/);
    for (const text of await search.options.allTextContents()) expect(text).toMatch(/^language:[^…]/);
    await expect(search.chips).toHaveCount(0);
  });

  test(`${key} accepts a suggestion: a value closes the chip and a space follows`, async ({ search, page }) => {
    await search.typeForSuggestions('language:ty');
    await expect(search.options).toHaveText([/^language:typescript/]);
    await search.press(...keys);
    await expect(search.chips).toHaveText([/^language:typescript/]);
    await expect(search.box).toHaveValue('');
    await expect(search.box).toHaveAttribute('aria-expanded', 'false');
    await expect(search.box).toBeFocused();
    await expect(page).toHaveURL(/\?q=language(:|%3A)typescript$/);
    // The space: what is typed now is a word of its own.
    await search.type('kanban');
    await expect.poll(() => search.query()).toBe('language:typescript kanban');
    await expect(search.chips).toHaveCount(1);
  });
}

test('Enter goes to results that are still on their way', async ({ search, page }) => {
  await page.route('**/apps?*', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    await route.continue();
  });
  await search.open('/');
  await expect(search.box).toBeFocused();
  await search.type('kanban');
  await search.press('Enter');
  await expect(search.results.getByRole('heading', { level: 3 }).getByRole('link').first()).toBeFocused();
  await expect.poll(() => search.query()).toBe('kanban');
});

test('a chip that is clicked away leaves the focus in the box', async ({ search, page }) => {
  await search.search('language:typescript kanban');
  await page.getByRole('button', { name: 'Remove language:typescript' }).click();
  await expect(search.chips).toHaveCount(0);
  await expect(search.box).toBeFocused();
  await expect.poll(() => search.query()).toBe('kanban');
});

test('a value that there is not is not passed over in silence', async ({ search }) => {
  await search.type('language:nosuchvalue');
  await expect(search.page.getByRole('status').getByText(/apps found, for what is complete$/)).toHaveCount(1);
  await search.press('Enter');
  await expect(search.page.getByRole('status').getByText('0 apps found', { exact: true })).toHaveCount(1);
});

test('Tab takes the suggestion under the cursor, not the first', async ({ search }) => {
  await search.typeForSuggestions('language:');
  const second = (await search.options.nth(1).textContent())?.match(/^language:([a-z+#]+)/)?.[1];
  await search.press('ArrowDown', 'ArrowDown', 'Tab');
  await expect(search.chips).toHaveText([new RegExp(`^language:${second?.replace(/[+]/g, '\\+')}`)]);
});

test('Tab with nothing offered moves on', async ({ search, page }) => {
  await search.typeForSuggestions('kanban');
  await search.press('Escape');
  await expect(search.box).toHaveAttribute('aria-expanded', 'false');
  await search.press('Tab');
  await expect(page.getByRole('link', { name: 'Operations', exact: true })).toBeFocused();
  await expect(search.box).toHaveValue('kanban');
  await search.press('Shift+Tab');
  await expect(search.box).toBeFocused();
});

test('Esc closes the list, text kept; again: clears', async ({ search, page }) => {
  await search.typeForSuggestions('langu');
  await search.press('Escape');
  await expect(search.box).toHaveAttribute('aria-expanded', 'false');
  await expect(search.options).toHaveCount(0);
  await expect(search.box).toHaveValue('langu');
  await expect(search.box).toBeFocused();
  await search.press('Escape');
  await expect(search.box).toHaveValue('');
  await expect(search.box).toBeFocused();
  await expect(page).toHaveURL(/\/$/);
});

test('Esc clears the chips too', async ({ search }) => {
  await search.search('language:typescript kanban');
  await expect(search.chips).toHaveCount(1);
  await search.press('Escape');
  await expect(search.box).toHaveValue('');
  await expect(search.chips).toHaveCount(0);
});

test('Backspace at a chip takes it apart into text again', async ({ search }) => {
  await search.search('language:typescript topic:chat');
  await expect(search.chips).toHaveCount(2);
  await expect(search.box).toBeFocused();
  await search.press('Backspace');
  await expect(search.chips).toHaveText([/^language:typescript/]);
  await expect(search.box).toHaveValue('topic:chat');
  await expect(search.box).toBeFocused();
  // Text as any other: it is written on.
  await search.press('Backspace', 'Backspace');
  await expect(search.box).toHaveValue('topic:ch');
  await expect(search.chips).toHaveCount(1);
});

test('Backspace between a chip and words takes the chip apart and leaves the words', async ({ search }) => {
  await search.search('language:typescript kanban');
  await search.press('Home', 'Backspace');
  await expect(search.chips).toHaveCount(0);
  await expect(search.box).toHaveValue('language:typescript kanban');
});

test('Backspace within words deletes a letter and leaves the chip', async ({ search }) => {
  await search.search('language:typescript kanban');
  await search.press('End', 'Backspace');
  await expect(search.box).toHaveValue('kanba');
  await expect(search.chips).toHaveCount(1);
});
