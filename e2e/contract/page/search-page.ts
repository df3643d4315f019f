import { expect, type Locator, type Page } from '@playwright/test';
import type { SuggestTagsResult } from '@osiris/contracts';
import { hub } from '../catalogue/seeded-hub';

/** The page as its reader knows it: by roles and names, never by classes. */
export class SearchPage {
  readonly box: Locator;
  readonly options: Locator;
  /** The suggestion under the cursor, as a screen reader is told. */
  readonly chosen: Locator;
  readonly chips: Locator;
  readonly results: Locator;
  /** Links of the cards, in the results and on the shelf alike. */
  readonly cards: Locator;
  readonly keys: Locator;

  constructor(readonly page: Page) {
    this.box = page.getByRole('combobox', { name: 'Search apps' });
    const list = page.getByRole('listbox', { name: 'Suggestions' });
    this.options = list.getByRole('option');
    this.chosen = list.getByRole('option', { selected: true });
    this.chips = page.getByRole('list', { name: 'Tags searched for' }).getByRole('listitem');
    this.results = page.getByRole('list', { name: 'Apps found' });
    this.cards = page.getByRole('article').getByRole('heading', { level: 3 }).getByRole('link');
    this.keys = page.getByRole('dialog', { name: 'Keys' });
  }

  /** Goes to a path of the hub, `/` and its query for searches, and waits for its first heading. */
  async open(path = '/'): Promise<void> {
    await this.page.goto(`${hub.home}${path}`);
    await this.page.getByRole('main').getByRole('heading', { level: 1 }).first().waitFor({ state: 'attached' });
  }

  /** Opens a search and waits for its results. */
  async search(query: string, sort?: string): Promise<void> {
    await this.open(`/?${new URLSearchParams({ ...(query === '' ? {} : { q: query }), ...(sort ? { sort } : {}) })}`);
    await this.cards.first().waitFor();
  }

  async press(...keys: string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  type(text: string): Promise<void> {
    return this.page.keyboard.type(text);
  }

  /** Types what suggestions are offered for, and waits for them. */
  async typeForSuggestions(text: string): Promise<void> {
    const answer = this.page.waitForResponse((response) => response.url().includes(`/tags/suggest?q=${encodeURIComponent(text.split(' ').at(-1) ?? '')}&`));
    await this.type(text);
    const { items } = (await (await answer).json()) as SuggestTagsResult;
    // Those for the letters before may still be shown, so that their number changes under who counts them.
    await expect(this.options).toHaveCount(items.length);
    await this.options.first().waitFor();
  }

  /** What the address searches for. */
  query(): string {
    return new URL(this.page.url()).searchParams.get('q') ?? '';
  }
}
