import type { App } from '@osiris/contracts';
import { memo, useId } from 'react';
import { AppCard } from './app-card';
import { CardSkeleton } from './card-skeleton';
import styles from './shelf-row.module.css';

interface ShelfRowProps {
  title: string;
  /** Of the tag that the row is about: stands before the title. */
  titleKey?: string | undefined;
  /** Undefined while they are being asked for: the row keeps its place. */
  apps: readonly App[] | undefined;
  moreHref?: string;
}

/** One board of the shelf, scrolling sideways where it is longer than the page. Stands in a field of cards. */
export const ShelfRow = memo(function ShelfRow({ title, titleKey, apps, moreHref }: ShelfRowProps) {
  const titleId = useId();
  return (
    <section className={styles.row} aria-labelledby={apps ? titleId : undefined} aria-label={apps ? undefined : 'Loading'} aria-busy={apps === undefined}>
      <div className={styles.head}>
        <h2 id={titleId}>
          {titleKey && <span className={styles.key}>{titleKey}: </span>}
          {title}
        </h2>
        {moreHref && apps && apps.length > 3 && (
          <a href={moreHref} aria-label={`All: ${titleKey ? `${titleKey}: ` : ''}${title}`}>
            All
          </a>
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
});
