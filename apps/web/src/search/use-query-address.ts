import { useCallback, useEffect, useRef, useState } from 'react';
import { type Location, useLocation, useNavigate, useNavigationType } from 'react-router';

/** The address follows the letters this much later: browsers refuse more than a hundred changes in half a minute. */
const WRITE_AFTER_MS = 150;

/** Marks an address that the box itself went to. */
const TYPED = { typedInBox: true };

const queryIn = ({ pathname, search }: Location): string => (pathname === '/' ? (new URLSearchParams(search).get('q') ?? '') : '');

/**
 * Keeps a query and the address in step: a search is a link, and the back button goes through searches. Typing replaces
 * the entry it stands at; a search that was committed (Enter, a step into the results, leaving the box) or cleared
 * keeps its entry, and what is typed next is an entry of its own.
 *
 * @param query what the box asks for
 * @param adopt sets the box to the query of an address that somebody else went to
 * @returns `commit`, which writes the query into the address at once and keeps its entry
 */
export function useQueryAddress(query: string, adopt: (query: string) => void): { commit(): void } {
  const location = useLocation() as Location<Partial<typeof TYPED> | null>;
  const navigationType = useNavigationType();
  const navigate = useNavigate();
  // The router applies an address a little after it was asked for, and letters may have been typed since: the box is
  // ahead of an address of its own and must not be set back to it. Going back or forward, or a link, does set it.
  const own = location.state?.typedInBox === true && navigationType !== 'POP';
  /** What the address says, or has been told to say. */
  const agreed = useRef(query);
  const committed = useRef(true);
  const written = useRef(location.key);
  const now = useRef({ query, location });
  now.current = { query, location };
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const [seen, setSeen] = useState(location.key);
  if (seen !== location.key) {
    setSeen(location.key);
    const asked = queryIn(location);
    // While drawing, so that no page is ever drawn with the query of the one before: it would lose its place.
    if (!own && (asked === '' || asked !== query)) adopt(asked);
  }

  const write = useCallback(() => {
    clearTimeout(timer.current);
    const { query: wanted, location: from } = now.current;
    // The page is being left for another one: it must not be called back.
    if (wanted === agreed.current || window.location.pathname !== from.pathname) return;
    const onShelf = from.pathname === '/';
    const replace = onShelf && !committed.current && wanted !== '';
    agreed.current = wanted;
    committed.current = wanted === '';
    const params = new URLSearchParams(onShelf && wanted !== '' ? from.search : undefined);
    if (wanted !== '') params.set('q', wanted);
    const search = params.toString();
    void navigate({ pathname: '/', search: search && `?${search}` }, { replace, preventScrollReset: replace, state: TYPED });
  }, [navigate]);

  useEffect(() => {
    clearTimeout(timer.current);
    const foreign = !own && written.current !== location.key;
    written.current = location.key;
    if (foreign) {
      committed.current = true;
      agreed.current = query;
      return;
    }
    if (query === agreed.current) return;
    if (committed.current || query === '' || location.pathname !== '/') write();
    else timer.current = setTimeout(write, WRITE_AFTER_MS);
    // `location` is that of this key.
  }, [location.key, query, own, write]);

  useEffect(() => () => clearTimeout(timer.current), []);

  const commit = useCallback(() => {
    write();
    committed.current = true;
  }, [write]);
  return { commit };
}
