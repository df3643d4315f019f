import { useNavigate, useSearchParams } from 'react-router';
import { formatQuery, parseQuery } from './query-text';
import styles from './search-results.module.css';
import { SORTS, sortOf } from './sort-order';

/** The order of the results. One written into the query itself (`sort:recent`) is shown, and gives way to a choice here. */
export function SortControl() {
  const [params] = useSearchParams();
  const navigate = useNavigate();
  const { chips, text } = parseQuery(params.get('q') ?? '');
  const written = SORTS.find((sort) => chips.some(({ key, value, negated }) => key === 'sort' && !negated && value === sort));

  const choose = (sort: string): void => {
    const next = new URLSearchParams(params);
    const query = formatQuery({ chips: chips.filter(({ key }) => key !== 'sort'), text });
    if (query === '') next.delete('q');
    else next.set('q', query);
    next.set('sort', sort);
    void navigate(`/?${next}`);
  };

  return (
    <label className={styles.sort}>
      Sort{' '}
      <select value={written ?? sortOf(params)} onChange={(event) => choose(event.target.value)}>
        {SORTS.map((one) => (
          <option key={one}>{one}</option>
        ))}
      </select>
    </label>
  );
}
