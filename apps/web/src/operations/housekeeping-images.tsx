import type { EnginePlan } from '@osiris/contracts';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { appsApi } from '../api/apps.api';
import { keys } from '../api/query-keys';
import { formatAgo, formatBytes } from '../watch/duration';
import { useNow } from '../watch/use-now';
import { watchPath } from '../watch/watch-path';
import styles from './operations.module.css';

type Going = EnginePlan['images'][number];

const REASONS: Record<Going['reason'], string> = { superseded: 'newer ones are kept', orphaned: 'its app or build is gone' };
/** More are counted, not listed. */
const LISTED = 50;

/** The images that would go, each with why. */
export function HousekeepingImages({ images }: { images: readonly Going[] }) {
  const now = useNow(60_000);
  return (
    <div className={styles.scroll} tabIndex={0} role="region" aria-label="Images that would go, a table">
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">App</th>
            <th scope="col">Image</th>
            <th scope="col">Built</th>
            <th scope="col">Why</th>
            <th scope="col">Size</th>
          </tr>
        </thead>
        <tbody>
          {images.slice(0, LISTED).map((image) => (
            <tr key={image.reference}>
              <th scope="row">{image.reason === 'orphaned' ? '–' : <AppName id={image.appId} />}</th>
              <td>
                <code>{image.reference}</code>
              </td>
              <td>{formatAgo(image.createdAt, now)}</td>
              <td>{REASONS[image.reason]}</td>
              <td>{formatBytes(image.bytes)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {images.length > LISTED && <p className={styles.more}>and {(images.length - LISTED).toLocaleString('en')} more</p>}
    </div>
  );
}

function AppName({ id }: { id: string }) {
  const { data: app } = useQuery({ queryKey: keys.app(id), queryFn: ({ signal }) => appsApi.get(id, signal) });
  return app ? <Link to={watchPath(app.slug)}>{app.name}</Link> : <>{id}</>;
}
