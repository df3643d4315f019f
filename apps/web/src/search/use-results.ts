import type { AppSort, FoundApp } from '@osiris/contracts';
import { replaceEqualDeep } from '@tanstack/react-query';
import { useState } from 'react';
import type { Asked } from './asked';
import { type ResultPage, type ResultPages, type ResultsQuery, useResultsQuery } from './results-query';

export interface Results {
  /** What is shown; undefined until the first answer. */
  apps: readonly FoundApp[] | undefined;
  /** Place of `apps[0]` among all results. */
  first: number;
  /** The first of the pages held: counts and facets. */
  answer: ResultPage | undefined;
  /** What was asked for when `apps` came. */
  query: string | null;
  /** The query that `apps` are found by: shorter where they come of the words before the one being written. */
  foundBy: string;
  /** The newest letters have no answer yet; what is shown is the one before. */
  pending: boolean;
  error: ResultsQuery['error'];
  /** What is shown comes of the words before the one being written. */
  withoutLast: boolean;
  source: ResultsQuery;
}

interface Shown {
  pages: ResultPages;
  apps: readonly FoundApp[];
  query: string;
  foundBy: string;
}

/** Apps that did not change stay the very same objects, so that their cards are not current again. */
function shareWith(known: readonly FoundApp[], pages: ResultPages): FoundApp[] {
  const before = new Map(known.map((app) => [app.id, app]));
  const unique = new Map<string, FoundApp>();
  // An app that moved while pages were turned may be on two of them.
  for (const app of pages.pages.flatMap(({ items }) => items)) if (!unique.has(app.id)) unique.set(app.id, replaceEqualDeep(before.get(app.id), app));
  return [...unique.values()];
}

/**
 * Results for what is asked; the last good ones stay until there are others, and where the query cannot be understood. They are
 * drawn as they come: put off to a transition, a letter's work was half as much again.
 */
export function useResults({ query, otherwise }: Asked, sort: AppSort, enabled: boolean): Results {
  const whole = useResultsQuery(query, sort, enabled);
  const nothing = whole.data?.pages[0]?.total === 0;
  const fallBack = enabled && nothing && otherwise !== null;
  const rest = useResultsQuery(otherwise ?? '', sort, fallBack);
  const source = fallBack ? rest : whole;
  const foundBy = fallBack ? otherwise : query;

  const [shown, setShown] = useState<Shown | null>(null);
  const { data } = source;
  let current = shown;
  if (!enabled && shown) {
    current = null;
    setShown(null);
  } else if (enabled && data && (shown?.pages !== data || shown.query !== query)) {
    current = { pages: data, apps: shown?.pages === data ? shown.apps : shareWith(shown?.apps ?? [], data), query, foundBy };
    setShown(current);
  }
  return {
    apps: current?.apps,
    first: current?.pages.pageParams[0]?.index ?? 0,
    answer: current?.pages.pages[0],
    query: current?.query ?? null,
    foundBy: current?.foundBy ?? query,
    pending: source.isPending || (!source.isError && current?.query !== query),
    error: source.error,
    withoutLast: fallBack,
    source,
  };
}
