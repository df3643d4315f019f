import type { FoundApp } from '@osiris/contracts';
import { memo, useRef } from 'react';
import { AppCard } from '../shelf/app-card';
import { CardSkeleton } from '../shelf/card-skeleton';
import styles from './search-results.module.css';
import { useCardWindow } from './use-card-window';

interface CardGridProps {
  apps: readonly FoundApp[];
  /** Place of `apps[0]` among all results: those before it are not held any more. */
  first: number;
  total: number;
}

/** The cards that are seen, and room for the others: a long list costs no more than a short one. */
export const CardGrid = memo(function CardGrid({ apps, first, total }: CardGridProps) {
  const grid = useRef<HTMLUListElement>(null);
  const count = first + apps.length;
  const { from, to, before, after } = useCardWindow(grid, count);
  const partly = to - from < total;
  const places = Array.from({ length: to - from }, (_, index) => from + index);

  return (
    <ul ref={grid} className={styles.grid} aria-label="Apps found" style={{ paddingTop: before, paddingBottom: after }}>
      {places.map((place) => {
        const app = apps[place - first];
        return (
          <li key={app?.id ?? `gap ${place}`} aria-posinset={partly ? place + 1 : undefined} aria-setsize={partly ? total : undefined}>
            {app ? <AppCard app={app} highlights={app.highlights} /> : <CardSkeleton />}
          </li>
        );
      })}
    </ul>
  );
});

/** As many skeletons as fill a page, before the first answer. */
export function GridSkeleton() {
  return (
    <ul className={styles.grid} aria-busy="true" aria-label="Apps found">
      {Array.from({ length: 8 }, (_, index) => (
        <li key={index}>
          <CardSkeleton />
        </li>
      ))}
    </ul>
  );
}
