import { useEffect, useState } from 'react';
import type { LogSearch } from './log-search';
import type { Row, RowLayout } from './row-layout';
import type { useFolding } from './use-folding';

interface MatchWalk {
  search: LogSearch;
  /** Grows as the search gets on. */
  progress: number;
  query: string;
  folding: ReturnType<typeof useFolding>;
  layout: RowLayout;
  show(row: Row): void;
}

/** From match to match, unfolding what holds them. */
export function useMatchWalk({ search, progress, query, folding, layout, show }: MatchWalk) {
  const [place, setPlace] = useState<number | null>(null);
  const current = place === null ? null : search.nth(place);

  const goTo = (next: number): void => {
    const row = search.nth(next);
    if (!row) return;
    setPlace(next);
    if (row.offset >= 0 && row.section.step && !layout.isOpen(row.section)) {
      folding.set(row.section, true);
      layout.update((one) => one === row.section || folding.isOpen(one));
    }
    show(row);
  };

  useEffect(() => setPlace(null), [query, search]);
  useEffect(() => {
    if (query === '') return;
    for (const section of search.sectionsWithMatches()) if (section.step && !layout.isOpen(section)) folding.set(section, true);
    if (place === null && search.count > 0) goTo(0);
    // As the search gets on; a step that is folded by hand meanwhile stays so.
  }, [query, search, search.count > 0 ? search.complete : progress > 0]);

  const next = (back: boolean): void => {
    if (search.count > 0) goTo(place === null ? 0 : (place + (back ? -1 : 1) + search.count) % search.count);
  };
  const counted = `${search.count.toLocaleString('en')}${search.complete ? '' : '+'}`;
  const told = query === '' ? '' : search.count === 0 ? (search.complete ? 'not found' : '…') : `${((place ?? 0) + 1).toLocaleString('en')} of ${counted}`;
  return { current, next, told };
}
