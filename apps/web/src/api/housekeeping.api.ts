import type { HousekeepingPlan } from '@osiris/contracts';
import { getJson, sendJson } from './http.client';

export const housekeepingApi = {
  /** What would go, as of now: nothing is removed by asking. */
  plan: (signal?: AbortSignal) => getJson<HousekeepingPlan>('/operations/housekeeping', { signal }),
  run: () => sendJson<void>('POST', '/operations/housekeeping'),
};
