import { QueryClient } from '@tanstack/react-query';
import { ApiError } from './api-error';

/** Events keep the cache current, so nothing is fetched again merely because a window got the focus. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        refetchOnWindowFocus: false,
        retry: (failures, error) => failures < 3 && error instanceof ApiError && error.transient,
        retryDelay: (attempt) => Math.min(500 * 2 ** attempt, 8_000),
      },
    },
  });
}
