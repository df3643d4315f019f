import { useId, useState } from 'react';
import type { FacetGroup } from './facet-list';
import { FacetValues } from './facet-values';
import styles from './facets.module.css';

interface FacetRowProps {
  groups: readonly FacetGroup[];
  hrefOf(key: string, value: string): string;
}

/** Narrow screens: the keys in one line that scrolls, what is taken first; one of them opens its values below. */
export function FacetRow({ groups, hrefOf }: FacetRowProps) {
  const id = useId();
  const [open, setOpen] = useState<string | null>(null);
  const takenIn = (group: FacetGroup): string[] => group.values.filter(({ taken }) => taken).map(({ value }) => value);
  const sorted = [...groups].sort((a, b) => Number(takenIn(b).length > 0) - Number(takenIn(a).length > 0));
  const shown = groups.find(({ key }) => key === open);

  return (
    <>
      <ul className={styles.row}>
        {sorted.map((group) => (
          <li key={group.key}>
            <button
              type="button"
              className={styles.key}
              data-taken={takenIn(group).length > 0 || undefined}
              aria-expanded={group.key === open}
              aria-controls={group.key === open ? id : undefined}
              onClick={() => setOpen(group.key === open ? null : group.key)}
            >
              {[group.key, takenIn(group).join(', ')].filter(Boolean).join(': ')}
            </button>
          </li>
        ))}
      </ul>
      {shown && <FacetValues key={shown.key} id={id} group={shown} hrefOf={hrefOf} />}
    </>
  );
}
