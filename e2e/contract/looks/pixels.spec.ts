import { expect, test } from '../page/contract-test';
import * as states from '../page/states';
import { expectOwnFonts, steady } from './steady-page';

const WIDE = { width: 1024, height: 600 };
const NARROW = { width: 360, height: 640 };

const VIEWS = {
  light: { colorScheme: 'light', viewport: WIDE },
  dark: { colorScheme: 'dark', viewport: WIDE },
  '360px': { colorScheme: 'light', viewport: NARROW },
} as const;

/** What is looked at, and how much of it from the top, in CSS pixels; all that is seen where absent. */
const SHOTS: Record<string, { state: states.State; height?: number; only?: keyof typeof VIEWS }> = {
  shelf: { state: states.shelf },
  results: { state: states.results },
  narrowed: { state: states.narrowed },
  'every-state': { state: states.everyState },
  suggestions: { state: states.suggestions, height: 440 },
  'nothing-found': { state: states.nothingFound, height: 460 },
  'not-understood': { state: states.notUnderstood, height: 260 },
  'facets-opened': { state: states.facetsOpened, only: '360px' },
};

for (const [view, { colorScheme, viewport }] of Object.entries(VIEWS)) {
  test.describe(`looks as it did in ${view}`, () => {
    test.use({ colorScheme, viewport, contextOptions: { reducedMotion: 'reduce' } });
    for (const [name, { state, height, only }] of Object.entries(SHOTS)) {
      if (only !== undefined && only !== view) continue;
      test(name, async ({ search, page }) => {
        await steady(page);
        await state(search, page);
        await expectOwnFonts(page);
        await expect(page).toHaveScreenshot(`${name}-${view}.png`, { clip: { x: 0, y: 0, ...viewport, height: height ?? viewport.height } });
      });
    }
  });
}
