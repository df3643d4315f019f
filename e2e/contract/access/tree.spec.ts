import type { Locator, Page } from '@playwright/test';
import { steady } from '../looks/steady-page';
import { expect, test } from '../page/contract-test';
import * as states from '../page/states';

const VIEWS = {
  wide: { width: 1024, height: 768 },
  '360px': { width: 360, height: 740 },
} as const;

interface Tree {
  state: states.State;
  only?: keyof typeof VIEWS;
  /** The part of the page that this is about; the whole of it where absent. */
  of?: (page: Page) => Locator;
  /** What a screen reader is told by itself. */
  says?: string | RegExp;
}

const whole = (page: Page): Locator => page.locator('body');

const TREES: Record<string, Tree> = {
  shelf: { state: states.shelf, only: 'wide', of: (page) => page.getByRole('region', { name: 'Popular' }) },
  results: { state: states.results, says: '22 apps found' },
  narrowed: { state: states.narrowed, says: '3 apps found' },
  'every-state': { state: states.everyState, only: 'wide', of: (page) => page.getByRole('list', { name: 'Apps found' }) },
  suggestions: { state: states.suggestions, only: 'wide', of: (page) => page.getByRole('banner') },
  'nothing-found': { state: states.nothingFound, only: 'wide', says: '0 apps found' },
  'not-understood': { state: states.notUnderstood, only: 'wide', says: /No app has a tag with the key "nosuchkey"/ },
  'facets-opened': { state: states.facetsOpened, only: '360px', of: (page) => page.getByRole('navigation', { name: 'Narrow the results' }) },
};

for (const [view, viewport] of Object.entries(VIEWS)) {
  test.describe(`reads as it did, ${view}`, () => {
    test.use({ viewport });
    for (const [name, { state, only, of = whole, says }] of Object.entries(TREES)) {
      if (only !== undefined && only !== view) continue;
      test(name, async ({ search, page }) => {
        await steady(page);
        await state(search, page);
        if (says !== undefined) await expect(page.getByRole('status').getByText(says, { exact: true })).toHaveCount(1);
        // As text and not by toMatchAriaSnapshot, which takes any number for any other: here each count is to be right.
        await expect(async () => expect(await of(page).ariaSnapshot()).toMatchSnapshot(`${name}-${view}.yml`)).toPass({ timeout: 10_000 });
      });
    }
  });
}
