import type {
  App,
  AppSort,
  History,
  RegisterAppBody,
  SearchAppsResult,
  SuggestTagsResult,
  UpdateAppBody,
} from '@osiris/contracts';
import type { z } from 'zod';
import { getJson, sendJson } from './http.client';

export type RegisterAppRequest = z.infer<typeof RegisterAppBody>;

export type UpdateAppRequest = z.infer<typeof UpdateAppBody>;

export interface AppQuery {
  q: string;
  sort?: AppSort;
  limit?: number;
}

const appPath = (idOrSlug: string): string => `/apps/${encodeURIComponent(idOrSlug)}`;

export const appsApi = {
  search: ({ q, sort, limit }: AppQuery, cursor?: string, signal?: AbortSignal) =>
    getJson<SearchAppsResult>('/apps', { query: { q, sort, limit, cursor }, signal }),
  get: (idOrSlug: string, signal?: AbortSignal) => getJson<App>(appPath(idOrSlug), { signal }),
  related: (id: string, signal?: AbortSignal) => getJson<{ items: App[] }>(`${appPath(id)}/related`, { signal }),
  history: (id: string, signal?: AbortSignal) => getJson<History>(`${appPath(id)}/history`, { signal }),
  suggest: (q: string, limit: number, signal?: AbortSignal) =>
    getJson<SuggestTagsResult>('/tags/suggest', { query: { q, limit }, signal }),
  register: (body: RegisterAppRequest) => sendJson<App>('POST', '/apps', { body }),
  update: (id: string, body: UpdateAppRequest) => sendJson<App>('PATCH', appPath(id), { body }),
  retry: (id: string) => sendJson<App>('POST', `${appPath(id)}/retry`),
  remove: (id: string) => sendJson<void>('DELETE', appPath(id)),
};
