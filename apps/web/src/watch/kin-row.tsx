import type { App } from '@osiris/contracts';
import { useQuery } from '@tanstack/react-query';
import { appsApi } from '../api/apps.api';
import { keys } from '../api/query-keys';
import { CardField } from '../search/card-field';
import { formatTag } from '../search/query-text';
import { mainTagOf } from '../shelf/main-tags';
import { ShelfRow } from '../shelf/shelf-row';
import styles from './kin-row.module.css';

const LENGTH = 7;

/** Other apps with the same main tag. */
export function KinRow({ app }: { app: App }) {
  const tag = mainTagOf(app.tags);
  const [key = '', ...rest] = tag?.split(':') ?? [];
  const query = tag ? formatTag(key, rest.join(':')) : '';
  const { data } = useQuery({
    queryKey: keys.row(query, 'popular', LENGTH),
    queryFn: ({ signal }) => appsApi.search({ q: query, sort: 'popular', limit: LENGTH }, undefined, signal),
    enabled: query !== '',
  });
  const kin = data?.items.filter(({ id }) => id !== app.id) ?? [];
  if (kin.length === 0) return null;
  return (
    <div className={styles.kin}>
      <CardField>
        <ShelfRow title={`More ${query}`} apps={kin} />
      </CardField>
    </div>
  );
}
