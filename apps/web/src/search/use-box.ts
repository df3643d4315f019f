import { useEffect, useRef, useState } from 'react';
import { useLocation, useNavigate, useNavigationType, useSearchParams } from 'react-router';
import { type BoxState, emptyBox, queryOf } from './box-keys';
import { fragmentOf, parseQuery } from './query-text';
import { useSuggestions } from './use-suggestions';

/** Longest time between a key and its results being asked for. */
const DEBOUNCE_MS = 50;

/** Marks an address that the box itself went to. */
const TYPED = { typedInBox: true };

/**
 * The box's state and what it suggests, kept in step with the address: a search is a link, and the back button goes
 * through searches.
 */
export function useBox() {
  const { pathname, state: origin } = useLocation() as { pathname: string; state: Partial<typeof TYPED> | null };
  const navigationType = useNavigationType();
  const [params] = useSearchParams();
  const navigate = useNavigate();
  const onShelf = pathname === '/';
  const query = onShelf ? (params.get('q') ?? '') : '';
  const [box, setBox] = useState<BoxState>(() => ({ ...emptyBox, ...parseQuery(query) }));
  // Asked for from the first focus on, so that the first arrow already has something to go to.
  const [used, setUsed] = useState(false);
  const suggestions = useSuggestions(fragmentOf(box.text).ask, used);
  const wanted = queryOf(box, suggestions);
  /** The query that box and address last agreed on. */
  const agreed = useRef(query);

  // The router applies an address a little after it was asked for, and letters may have been typed since: the box is
  // ahead of an address of its own and must not be set back to it. Going back or forward, or a link, does set it.
  const own = origin?.typedInBox === true && navigationType !== 'POP';

  /** A box that an address has set back, until the new one is rendered: what it still says is no wish of anybody's. */
  const setBack = useRef<BoxState | null>(null);

  useEffect(() => {
    if (own || query === agreed.current) return;
    agreed.current = query;
    setBack.current = box;
    setBox({ ...emptyBox, ...parseQuery(query) });
  }, [query, own]);

  useEffect(() => {
    if (wanted === agreed.current || box === setBack.current) return;
    const timer = setTimeout(() => {
      // The page is being left for another one: it must not be called back.
      if (window.location.pathname !== pathname) return;
      // The first letter is a step of its own to go back from; the letters after it are not.
      const replace = agreed.current !== '' && onShelf;
      agreed.current = wanted;
      const next = new URLSearchParams(onShelf && wanted !== '' ? params : undefined);
      if (wanted !== '') next.set('q', wanted);
      const search = next.toString();
      void navigate({ pathname: '/', search: search && `?${search}` }, { replace, preventScrollReset: false, state: TYPED });
    }, DEBOUNCE_MS);
    return () => clearTimeout(timer);
  }, [wanted, box, navigate, pathname, onShelf, params]);

  return { box, setBox, suggestions, startUsing: () => setUsed(true) };
}
