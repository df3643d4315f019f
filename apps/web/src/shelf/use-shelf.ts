import { useQueries, useQuery } from '@tanstack/react-query';
import { appsApi } from '../api/apps.api';
import { keys } from '../api/query-keys';
import { formatTag } from '../search/query-text';
import { rowTags } from './row-tags';
import { ROW_LENGTH, shelfRows } from './shelf-rows';

/** Asked for beyond a row's length, as some are passed over. */
const ASKED = ROW_LENGTH * 2;

function rowQuery(q: string, sort: 'popular' | 'recent') {
  return {
    queryKey: keys.row(q, sort, ASKED),
    queryFn: ({ signal }: { signal: AbortSignal }) => appsApi.search({ q, sort, limit: ASKED }, undefined, signal),
  };
}

/** What stands on the shelf; `rows` are undefined until all of them are known, so that none of them jumps. */
export function useShelf() {
  const popular = useQuery(rowQuery('', 'popular'));
  const recent = useQuery(rowQuery('', 'recent'));
  const tags = popular.data ? rowTags(popular.data.facets, popular.data.total) : [];
  const tagged = useQueries({ queries: tags.map(({ key, value }) => rowQuery(formatTag(key, value), 'popular')) });

  const settled = popular.data !== undefined && !recent.isPending && tagged.every(({ isPending }) => !isPending);
  const rows = settled
    ? shelfRows({
        total: popular.data.total,
        popular: popular.data.items,
        recent: recent.data?.items ?? [],
        tagged: tags.map((tag, index) => ({ tag, apps: tagged[index]?.data?.items ?? [] })),
      })
    : undefined;
  return { popular, recent, rows };
}
