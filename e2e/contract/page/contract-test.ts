import { test as base } from '@playwright/test';
import { SearchPage } from './search-page';

/** Tests here have the page at hand, and fail where anything in it threw, whatever they look at. */
export const test = base.extend<{ search: SearchPage }>({
  search: async ({ page }, use) => {
    const thrown: string[] = [];
    page.on('pageerror', (error) => thrown.push(String(error)));
    await use(new SearchPage(page));
    base.expect(thrown, 'errors thrown in the page').toEqual([]);
  },
});
export { expect } from '@playwright/test';
