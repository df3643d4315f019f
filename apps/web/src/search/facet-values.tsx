import { useState } from 'react';
import { type FacetGroup, facetName } from './facet-list';
import styles from './facets.module.css';

/** The rest is a click away. */
const SHOWN = 6;

interface FacetValuesProps {
  group: FacetGroup;
  /** Address of the search with the value taken, or without it where it is. */
  hrefOf(key: string, value: string): string;
  id?: string;
}

/** The values of one key, each a link to the narrower (or, once taken, the wider) search. */
export function FacetValues({ group: { key, values }, hrefOf, id }: FacetValuesProps) {
  const [all, setAll] = useState(false);
  const taken = values.filter((value) => value.taken);
  const shown = all ? values : values.slice(0, Math.max(SHOWN, taken.length));
  return (
    <ul id={id} className={styles.values}>
      {shown.map(({ value, count, taken: isTaken }) => (
        <li key={value}>
          <a href={hrefOf(key, value)} aria-current={isTaken || undefined} aria-label={isTaken ? `Remove ${facetName(key, value)}` : undefined}>
            <span className={styles.value}>{value}</span>
            <span className={styles.number}>
              {count?.toLocaleString('en')}
              {isTaken && <span className={styles.remove}>×</span>}
            </span>
          </a>
        </li>
      ))}
      {values.length > shown.length && (
        <li>
          <button type="button" className={styles.more} onClick={() => setAll(true)}>
            {values.length - shown.length} more<span className="visually-hidden"> of {key}</span>
          </button>
        </li>
      )}
    </ul>
  );
}
