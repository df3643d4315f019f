import type { Facet } from '@osiris/contracts';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { useLocalLinks } from '../layout/use-local-links';
import { useMedia } from '../layout/use-media';
import { type FacetGroup, facetGroups, facetName, toggled } from './facet-list';
import styles from './facets.module.css';
import { formatQuery, parseQuery } from './query-text';

/** The rest is a click away. */
const VALUES_SHOWN = 6;
const NARROW = '(max-width: 52rem)';

interface FacetsProps {
  facets: readonly Facet[] | undefined;
  query: string;
}

/** What the results can be narrowed by. Each is a link to the narrower (or, once taken, the wider) search. */
export function Facets({ facets, query }: FacetsProps) {
  const [params] = useSearchParams();
  const narrow = useMedia(NARROW);
  const onClick = useLocalLinks();
  const { chips, text } = parseQuery(query);

  const hrefOf = (key: string, value: string): string => {
    const next = new URLSearchParams(params);
    const narrower = formatQuery({ chips: toggled(chips, key, value), text });
    if (narrower === '') next.delete('q');
    else next.set('q', narrower);
    return `/?${next}`;
  };

  return (
    // The links inside are what can be pressed; here their clicks only pass by on the way up.
    <nav className={styles.facets} aria-label="Narrow the results" aria-busy={facets === undefined} onClick={onClick}>
      {facetGroups(facets ?? [], chips).map((group) => (
        <Group key={group.key} group={group} narrow={narrow} hrefOf={hrefOf} />
      ))}
    </nav>
  );
}

interface GroupProps {
  group: FacetGroup;
  narrow: boolean;
  hrefOf(key: string, value: string): string;
}

function Group({ group: { key, values }, narrow, hrefOf }: GroupProps) {
  const [all, setAll] = useState(false);
  const taken = values.filter((value) => value.taken);
  const shown = all ? values : values.slice(0, Math.max(VALUES_SHOWN, taken.length));
  return (
    // On narrow screens one group is open at a time.
    <details className={styles.facet} open={!narrow || undefined} name={narrow ? 'facet' : undefined} data-taken={taken.length > 0 || undefined}>
      <summary>
        {key}
        {narrow && taken.length > 0 && <span className={styles.taken}>: {taken.map(({ value }) => value).join(', ')}</span>}
      </summary>
      <ul>
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
    </details>
  );
}
