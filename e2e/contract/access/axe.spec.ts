import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { find } from '../catalogue/seeded-hub';
import { appsAsIf, STATES } from '../page/as-if';
import { BUILD_ID, buildAsIf, failedBuild, logOfFailure } from '../page/build-as-if';
import { expect, test } from '../page/contract-test';
import type { SearchPage } from '../page/search-page';

/** How each page and state is come to. */
const STATIONS: Record<string, (search: SearchPage, page: Page) => Promise<void>> = {
  async shelf(search) {
    await search.open('/');
    await search.cards.nth(12).waitFor();
  },
  async results(search) {
    await search.search('topic:chat -license:mit server');
  },
  async 'results of apps in every state'(search, page) {
    const states = Object.values(STATES);
    await appsAsIf(page, (app, place) => states[place % states.length]!(app));
    await search.search('chat');
  },
  async suggestions(search) {
    await search.open('/');
    await search.typeForSuggestions('la');
    await search.press('ArrowDown');
  },
  async 'nothing found'(search, page) {
    await search.open(`/?${new URLSearchParams({ q: 'topic:chat zzzzzz' })}`);
    await page.getByRole('heading', { name: 'Nothing on the shelf matches' }).waitFor();
  },
  async 'a query not understood'(search, page) {
    await search.open(`/?${new URLSearchParams({ q: 'chat nosuchkey:x' })}`);
    await page.getByText('No app has a tag with the key').waitFor();
  },
  async 'watch page'(search, page) {
    await search.open(`/watch/${(await find('kanban'))[0]!.slug}`);
    await page.getByRole('article').first().waitFor();
  },
  async 'build page of a failure'(search, page) {
    await buildAsIf(page, failedBuild, logOfFailure());
    await search.open(`/builds/${BUILD_ID}`);
    await page.getByText('exit code: 2').waitFor();
    await page.getByLabel('Find in the log').fill('warn');
    await page.getByRole('status').filter({ hasText: /of \d+$/ }).waitFor();
  },
  async 'watch page of a failure'(search, page) {
    const slug = await buildAsIf(page, failedBuild, logOfFailure());
    await search.open(`/watch/${slug}`);
    await page.getByText('exit code: 2').waitFor();
  },
  async 'register page'(search, page) {
    await search.open('/register');
    await page.getByLabel('Repository address').fill('ext::sh -c id');
    await search.press('Enter');
    await page.getByRole('alert').waitFor();
    await page.locator('summary').first().click();
  },
  async 'operations page'(search, page) {
    await search.open('/operations');
    await page.getByRole('region', { name: 'Services' }).getByRole('listitem').first().waitFor();
  },
  async 'keys dialog'(search, page) {
    await search.open('/');
    await page.getByRole('link', { name: 'Operations', exact: true }).focus();
    await search.press('?');
    await search.keys.waitFor();
  },
  async 'page that does not exist'(search) {
    await search.open('/no/such/page');
  },
};

const VIEWS = {
  light: { colorScheme: 'light', viewport: { width: 1024, height: 768 } },
  dark: { colorScheme: 'dark', viewport: { width: 1024, height: 768 } },
  '360 px': { colorScheme: 'light', viewport: { width: 360, height: 740 } },
} as const;

for (const [view, { colorScheme, viewport }] of Object.entries(VIEWS)) {
  test.describe(`axe finds nothing in ${view}`, () => {
    test.use({ colorScheme, viewport, contextOptions: { reducedMotion: 'reduce' } });
    for (const [name, goTo] of Object.entries(STATIONS)) {
      test(name, async ({ search, page }) => {
        await goTo(search, page);
        // All of axe's rules, its best practices too: none is left out.
        const { violations } = await new AxeBuilder({ page }).analyze();
        expect(violations.flatMap(({ id, help, nodes }) => nodes.map(({ target, failureSummary }) => ({ id, help, target, failureSummary })))).toEqual([]);
      });
    }
  });
}
