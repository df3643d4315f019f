import { expect, test } from '../page/contract-test';
import { find } from '../catalogue/seeded-hub';

const places = ['the shelf', 'the results', 'a watch page', 'the register page', 'the operations page'] as const;

async function pathOf(place: (typeof places)[number]): Promise<string> {
  switch (place) {
    case 'the shelf':
      return '/';
    case 'the results':
      return '/?q=kanban';
    case 'a watch page':
      return `/watch/${(await find('kanban'))[0]?.slug}`;
    case 'the register page':
      return '/register';
    case 'the operations page':
      return '/operations';
  }
}

for (const [name, key] of [['/', '/'], ['Ctrl-K', 'Control+k']] as const) {
  test.describe(`${name} from anywhere: focus the box`, () => {
    for (const place of places) {
      test(place, async ({ search, page }) => {
        await search.open(await pathOf(place));
        const away = page.getByRole('link', { name: 'Operations', exact: true });
        await away.focus();
        await expect(away).toBeFocused();
        const before = await search.box.inputValue();
        await search.press(key);
        await expect(search.box).toBeFocused();
        await expect(search.box, 'the key itself is not typed').toHaveValue(before);
      });
    }
  });
}

test('/ in another text field is a letter, Ctrl-K leads to the box from there too', async ({ search, page }) => {
  await search.open('/register');
  const field = page.getByLabel('Repository address');
  await field.focus();
  await search.type('a/b');
  await expect(field).toHaveValue('a/b');
  await expect(field).toBeFocused();
  await search.press('Control+k');
  await expect(search.box).toBeFocused();
});

test('/ in the box itself is a letter of what is written', async ({ search }) => {
  await search.open('/');
  await expect(search.box).toBeFocused();
  await search.type('ci/cd');
  await expect(search.box).toHaveValue('ci/cd');
});
