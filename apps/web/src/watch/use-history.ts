import { useQuery } from '@tanstack/react-query';
import { appsApi } from '../api/apps.api';
import { keys } from '../api/query-keys';

export function useHistory(appId: string) {
  return useQuery({ queryKey: keys.history(appId), queryFn: ({ signal }) => appsApi.history(appId, signal) });
}
