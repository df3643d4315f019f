import { Link } from 'react-router';
import { Message } from '../layout/message';
import { chipText } from './box-state';
import { formatChip, formatQuery, looksLikeRepository, parseQuery } from './query-text';
import { useResultsSession } from './search-session';
import styles from './search-results.module.css';

/** No app matches: what to try, each a click away. */
export function NothingFound() {
  const { asked } = useResultsSession();
  const { chips, text } = parseQuery(asked.query);
  const address = looksLikeRepository(asked.query);
  const words = text.trim().split(/\s+/).filter(Boolean);
  const searchFor = (query: string): string => (query === '' ? '/' : `/?${new URLSearchParams({ q: query })}`);

  return (
    <Message title={address ? 'This repository is not on the shelf' : 'Nothing on the shelf matches'}>
      {!address && (
        <ul className={styles.tries}>
          {chips.map((chip) => (
            <li key={formatChip(chip)}>
              <Link to={searchFor(formatQuery({ chips: chips.filter((one) => one !== chip), text }))}>
                Search without {chip.negated && 'not '}
                {chip.key}: {chipText(chip)}
              </Link>
            </li>
          ))}
          {chips.length > 0 && words.length > 0 && (
            <li>
              <Link to={searchFor(text.trim())}>Search everything for “{text.trim()}”</Link>
            </li>
          )}
          {words.length > 1 && (
            <li>
              <Link to={searchFor(formatQuery({ chips, text: words[0] ?? '' }))}>Search for “{words[0]}” alone</Link>
            </li>
          )}
          <li>Try fewer letters, or a tag: type the beginning of its key, like “lang”.</li>
        </ul>
      )}
      <p>{address ? 'Give its address to the hub and watch it being fetched, read and built.' : 'Not here yet? Any git repository with a Dockerfile can be registered.'}</p>
      <Link to={address ? `/register?${new URLSearchParams({ url: asked.query.trim() })}` : '/register'}>
        {address ? 'Register this address' : 'Register an app'}
      </Link>
    </Message>
  );
}
