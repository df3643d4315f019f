import type { Build } from '@osiris/contracts';
import { useQuery } from '@tanstack/react-query';
import { buildsApi } from '../api/builds.api';
import { keys } from '../api/query-keys';

const RANK: Record<Build['status'], number> = { pending: 0, running: 1, succeeded: 2, failed: 2, canceled: 2 };

/**
 * A build that an app's answer or an event told of, with its place in the queue while it waits: that changes with other builds and is
 * asked for as they go.
 */
export function useBuild(known: Build): Build {
  const { data } = useQuery({
    queryKey: keys.build(known.id),
    queryFn: ({ signal }) => buildsApi.get(known.id, signal),
    enabled: known.status === 'pending',
  });
  return data && RANK[data.status] >= RANK[known.status] ? data : known;
}
