import type { Launch } from '@osiris/contracts';
import { useQuery } from '@tanstack/react-query';
import { launchesApi } from '../api/launches.api';
import { keys } from '../api/query-keys';

/** A place moves with every other launch that ends: no event of this one tells of it. */
const ASK_AGAIN_MS = 2_000;

/** The launch with its place among those that wait for room; as it is known where it does not wait. */
export function useWaitingLaunch(launch: Launch | null): Launch | null {
  const waits = launch?.status === 'pending';
  const { data } = useQuery({
    queryKey: [...keys.launch(launch?.id ?? ''), 'place'],
    queryFn: ({ signal }) => launchesApi.get(launch?.id ?? '', signal),
    enabled: waits,
    staleTime: 0,
    refetchInterval: ASK_AGAIN_MS,
  });
  return waits && data?.status === 'pending' ? { ...launch, queue: data.queue } : launch;
}
