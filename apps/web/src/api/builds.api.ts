import type { Build, CreateBuildBody } from '@osiris/contracts';
import type { z } from 'zod';
import { getJson, sendJson } from './http.client';

export type BuildOptions = NonNullable<z.input<typeof CreateBuildBody>>;

export const buildsApi = {
  get: (id: string, signal?: AbortSignal) => getJson<Build>(`/builds/${encodeURIComponent(id)}`, { signal }),
  create: (appId: string, options: BuildOptions = {}) => sendJson<Build>('POST', `/apps/${encodeURIComponent(appId)}/builds`, { body: options }),
  cancel: (id: string) => sendJson<Build>('POST', `/builds/${encodeURIComponent(id)}/cancel`),
};
