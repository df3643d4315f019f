import type { FoundApp, SearchAppsResult } from '@osiris/contracts';
import { sharedHub } from '../../hub/shared-hub';

/** Of tools/corpus, always the same: more than the page of results holds at once (6 pages of 24). */
export const SEEDED_APPS = 300;

const { facts, api } = sharedHub();

/** The hub that the global set-up filled. */
export const hub = { api, port: facts.port, home: `http://localhost:${facts.port}` };

/** What the hub itself finds, to hold the page against. */
export async function find(query: string, sort = 'relevance'): Promise<FoundApp[]> {
  const { body } = await api.get<SearchAppsResult>(`/apps?${new URLSearchParams({ q: query, sort, limit: '24' })}`);
  return body.items;
}
