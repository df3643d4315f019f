import type { SearchAppsReply, SearchAppsResult } from '@osiris/contracts';
import type { MatchedToken } from '@osiris/search';
import { highlightsOf } from './app-highlights';
import type { ShownApp } from './shown-app';

/** A `SearchAppsResult` as JSON, put together from the apps' own. */
export function resultsPage(apps: readonly ShownApp[], matched: readonly MatchedToken[], rest: Omit<SearchAppsResult, 'items'>): SearchAppsReply {
  // Each app's text is an object: its highlights go before the brace that closes it.
  const items = apps.map((app) => `${app.json.slice(0, -1)},"highlights":${JSON.stringify(highlightsOf(app, matched))}}`);
  const page = `{"items":[${items.join(',')}],${JSON.stringify(rest).slice(1)}`;
  return { page, nextCursor: rest.nextCursor, running: apps.some(({ running }) => running) };
}
