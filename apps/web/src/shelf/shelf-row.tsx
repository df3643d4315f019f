import type { App, FoundApp } from '@osiris/contracts';
import { useId } from 'react';
import { Link } from 'react-router';
import { AppCard } from './app-card';
import { CardSkeleton } from './card-skeleton';
import styles from './shelf-row.module.css';

interface ShelfRowProps {
  title: string;
  /** Undefined while they are being asked for: the row keeps its place. */
  apps: readonly (App | FoundApp)[] | undefined;
  moreHref?: string;
}

/** One board of the shelf, scrolling sideways where it is longer than the page. */
export function ShelfRow({ title, apps, moreHref }: ShelfRowProps) {
  const titleId = useId();
  return (
    <section className={styles.row} aria-labelledby={titleId} aria-busy={apps === undefined}>
      <div className={styles.head}>
        <h2 id={titleId}>{title}</h2>
        {moreHref && apps && apps.length > 3 && (
          <Link to={moreHref} aria-label={`All: ${title}`}>
            All
          </Link>
        )}
      </div>
      <ul className={styles.board}>
        {apps
          ? apps.map((app) => (
              <li key={app.id}>
                <AppCard app={app} />
              </li>
            ))
          : Array.from({ length: 5 }, (_, index) => (
              <li key={index}>
                <CardSkeleton />
              </li>
            ))}
      </ul>
    </section>
  );
}
