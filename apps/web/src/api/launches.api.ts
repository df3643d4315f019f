import type { CreateLaunchBody, Launch, LaunchStatus } from '@osiris/contracts';
import type { z } from 'zod';
import { getJson, sendJson } from './http.client';

export interface LaunchPage {
  items: Launch[];
  nextCursor: string | null;
}

export const launchesApi = {
  create: (body: z.input<typeof CreateLaunchBody>) => sendJson<Launch>('POST', '/launches', { body }),
  get: (id: string, signal?: AbortSignal) => getJson<Launch>(`/launches/${id}`, { signal }),
  list: (query: { status?: LaunchStatus; appId?: string; limit?: number }, signal?: AbortSignal) =>
    getJson<LaunchPage>('/launches', { query, signal }),
  extend: (id: string, ttlSeconds: number) => sendJson<Launch>('POST', `/launches/${id}/extend`, { body: { ttlSeconds } }),
  restart: (id: string) => sendJson<Launch>('POST', `/launches/${id}/restart`),
  stop: (id: string) => sendJson<Launch>('DELETE', `/launches/${id}`),
};
