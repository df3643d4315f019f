import type { Page } from '@playwright/test';
import { appsAsIf, STATES } from './as-if';
import type { SearchPage } from './search-page';

/** What the page is looked at in, and how it is come to. */
export type State = (search: SearchPage, page: Page) => Promise<void>;

export const shelf: State = async (search) => {
  await search.open('/');
  await search.cards.nth(12).waitFor();
};

export const results: State = (search) => search.search('kanban');

/** Chips of each kind, highlights in names, lines and tags, a facet that is taken. */
export const narrowed: State = (search) => search.search('topic:chat -license:mit database:* server');

export const suggestions: State = async (search) => {
  await search.open('/');
  await search.cards.nth(12).waitFor();
  await search.typeForSuggestions('la');
  // Below the list: the results that its letters find already.
  await search.results.waitFor();
  await search.press('ArrowDown', 'ArrowDown');
};

export const nothingFound: State = async (search, page) => {
  await search.open(`/?${new URLSearchParams({ q: 'topic:chat zzzzzz yyyyyy' })}`);
  await page.getByRole('heading', { name: 'Nothing on the shelf matches' }).waitFor();
};

export const notUnderstood: State = async (search, page) => {
  await search.open(`/?${new URLSearchParams({ q: 'kanban nosuchkey:x' })}`);
  await page.getByText('No app has a tag with the key').waitFor();
};

/** A card for each state that an app may be in; the first has the focus. */
export const everyState: State = async (search, page) => {
  const states = Object.values(STATES);
  await appsAsIf(page, (app, place) => states[place % states.length]!(app));
  await search.search('kanban');
  await search.cards.nth(1).focus();
};

/** Where there is no room beside the results: one key of the facets opened above them. */
export const facetsOpened: State = async (search, page) => {
  await search.search('kanban');
  await page.getByRole('navigation', { name: 'Narrow the results' }).getByRole('button', { name: 'language' }).click();
};
