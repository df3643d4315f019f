import type { AppSort, Facet } from '@osiris/contracts';
import { memo } from 'react';
import { useLocalLinks } from '../layout/use-local-links';
import { useMedia } from '../layout/use-media';
import { facetGroups, toggled } from './facet-list';
import { FacetRow } from './facet-row';
import { FacetValues } from './facet-values';
import styles from './facets.module.css';
import { formatQuery, parseQuery } from './query-text';

const NARROW = '(max-width: 52rem)';

interface FacetsProps {
  /** Undefined before the first answer. */
  facets: readonly Facet[] | undefined;
  /** Of the results. */
  total: number;
  /** What they are facets of. */
  query: string;
  sort: AppSort;
}

/** What the results can be narrowed by: beside them, or where there is no side, in a row above. */
export const Facets = memo(function Facets({ facets, total, query, sort }: FacetsProps) {
  const narrow = useMedia(NARROW);
  const onClick = useLocalLinks();
  const { chips, text } = parseQuery(query);
  const groups = facetGroups(facets ?? [], chips, total);

  const hrefOf = (key: string, value: string): string => {
    const next = new URLSearchParams();
    const narrower = formatQuery({ chips: toggled(chips, key, value), text });
    if (narrower !== '') next.set('q', narrower);
    if (sort !== 'relevance' || narrower === '') next.set('sort', sort);
    return `/?${next}`;
  };

  return (
    // The links inside are what can be pressed; here their clicks only pass by on the way up.
    <nav className={narrow ? styles.above : styles.beside} aria-label="Narrow the results" aria-busy={facets === undefined} onClick={onClick}>
      {narrow ? (
        <FacetRow groups={groups} hrefOf={hrefOf} />
      ) : (
        groups.map((group) => (
          <details key={group.key} className={styles.facet} open>
            <summary>{group.key}</summary>
            <FacetValues group={group} hrefOf={hrefOf} />
          </details>
        ))
      )}
    </nav>
  );
});
