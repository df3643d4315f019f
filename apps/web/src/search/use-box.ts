import { useEffect, useRef, useState } from 'react';
import { useLocation, useNavigate, useSearchParams } from 'react-router';
import { type BoxState, emptyBox } from './box-keys';
import { formatQuery, parseQuery, withoutBareKey } from './query-text';

/** Longest time between a key and its results being asked for. */
const DEBOUNCE_MS = 50;

/** The box's state, kept in step with the address: a search is a link, and the back button goes through searches. */
export function useBox(): [BoxState, (next: BoxState) => void] {
  const { pathname } = useLocation();
  const [params] = useSearchParams();
  const navigate = useNavigate();
  const onShelf = pathname === '/';
  const query = onShelf ? (params.get('q') ?? '') : '';
  const [box, setBox] = useState<BoxState>(() => ({ ...emptyBox, ...parseQuery(query) }));
  /** The query that box and address last agreed on. */
  const agreed = useRef(query);

  useEffect(() => {
    if (query === agreed.current) return;
    agreed.current = query;
    setBox({ ...emptyBox, ...parseQuery(query) });
  }, [query]);

  useEffect(() => {
    const wanted = formatQuery({ chips: box.chips, text: withoutBareKey(box.text) });
    if (wanted === agreed.current) return;
    const timer = setTimeout(() => {
      // The first letter is a step of its own to go back from; the letters after it are not.
      const replace = agreed.current !== '' && onShelf;
      agreed.current = wanted;
      const next = new URLSearchParams(onShelf && wanted !== '' ? params : undefined);
      if (wanted !== '') next.set('q', wanted);
      const search = next.toString();
      void navigate({ pathname: '/', search: search && `?${search}` }, { replace, preventScrollReset: false });
    }, DEBOUNCE_MS);
    return () => clearTimeout(timer);
  }, [box, navigate, onShelf, params]);

  return [box, setBox];
}
