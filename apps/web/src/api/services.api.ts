import type { HubService, Readiness } from '@osiris/contracts';
import { ApiError } from './api-error';
import { getJson } from './http.client';

export const servicesApi = {
  list: (signal?: AbortSignal) => getJson<{ items: HubService[] }>('/services', { signal }),
  /** 503 carries the same body as 200: what is missing is the answer, not a failure of asking. */
  async readiness(signal?: AbortSignal): Promise<Readiness> {
    const response = await fetch('/readyz', { signal: signal ?? null }).catch(() => {
      throw ApiError.noAnswer();
    });
    const body: unknown = await response.json().catch(() => null);
    if (typeof body === 'object' && body !== null && 'dependencies' in body) return body as Readiness;
    throw ApiError.fromProblem(response.status, body);
  },
};
