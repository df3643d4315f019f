import type { Facet } from '@osiris/contracts';
import { Link, useSearchParams } from 'react-router';
import { formatChip, formatQuery, formatTag, type QueryParts } from './query-text';
import styles from './search-results.module.css';

const VALUES_SHOWN = 8;

interface FacetsProps {
  facets: readonly Facet[] | undefined;
  parts: QueryParts;
}

/** What the results can be narrowed by. Each is a link to the narrower (or, once taken, the wider) search. */
export function Facets({ facets, parts }: FacetsProps) {
  const [params] = useSearchParams();
  const taken = new Set(parts.chips.map(formatChip));

  const hrefOf = (key: string, value: string): string => {
    const tag = formatTag(key, value);
    const chips = taken.has(tag) ? parts.chips.filter((chip) => formatChip(chip) !== tag) : [...parts.chips, { negated: false, key, value }];
    const next = new URLSearchParams(params);
    next.set('q', formatQuery({ chips, text: parts.text }));
    return `/?${next}`;
  };

  return (
    <nav className={styles.facets} aria-label="Narrow the results" aria-busy={facets === undefined}>
      {(facets ?? []).map(({ key, values }) => (
        <details key={key} className={styles.facet} open>
          <summary>{key}</summary>
          <ul>
            {values.slice(0, VALUES_SHOWN).map(({ value, count }) => (
              <li key={value}>
                <Link to={hrefOf(key, value)} aria-current={taken.has(formatTag(key, value)) || undefined}>
                  <span>{value}</span>
                  <span className={styles.number}>{count}</span>
                </Link>
              </li>
            ))}
          </ul>
        </details>
      ))}
    </nav>
  );
}
