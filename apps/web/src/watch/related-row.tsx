import type { App } from '@osiris/contracts';
import { useQuery } from '@tanstack/react-query';
import { appsApi } from '../api/apps.api';
import { keys } from '../api/query-keys';
import { CardField } from '../search/card-field';
import { ShelfRow } from '../shelf/shelf-row';
import styles from './related-row.module.css';

/** Apps like this one, by the tags and words they share. Nothing stands here where there are none. */
export function RelatedRow({ app }: { app: App }) {
  const { data } = useQuery({
    queryKey: keys.related(app.id),
    queryFn: ({ signal }) => appsApi.related(app.id, signal),
    retry: false,
  });
  if (!data || data.items.length === 0) return null;
  return (
    <div className={styles.related}>
      <CardField>
        <ShelfRow title="Related apps" apps={data.items} />
      </CardField>
    </div>
  );
}
