import { createContext, type ReactNode, useCallback, useContext, useMemo, useRef, useState } from 'react';
import { useLocation, useSearchParams } from 'react-router';
import { type Asked, askedOf } from './asked';
import { boxOf, type BoxState } from './box-state';
import { focusFirstCard, isInSearchBox } from './focus-targets';
import { fragmentOf } from './query-text';
import type { Suggestion } from './suggestion';
import { useQueryAddress } from './use-query-address';
import { useSuggestions } from './use-suggestions';

interface BoxSession {
  box: BoxState;
  setBox(box: BoxState): void;
  suggestions: readonly Suggestion[];
  /** Suggestions are asked for from now on, so that the first arrow already has something to go to. */
  startUsing(): void;
  /** The search stands: its address is kept for the back button. */
  commit(): void;
  /** Into the results; where those of the newest letters are still on their way, as soon as they are there. */
  enterResults(): void;
}

interface ResultsSession {
  asked: Asked;
  /** Said by the results once the page shows the answer to `query`. */
  tellShown(query: string): void;
}

const BoxContext = createContext<BoxSession | null>(null);
const ResultsContext = createContext<ResultsSession | null>(null);

/** What is searched for, for the box in the header and the results in the page: typing draws only what it changes. */
export function SearchSession({ children }: { children: ReactNode }) {
  const { pathname } = useLocation();
  const [params] = useSearchParams();
  const [box, setBox] = useState<BoxState>(() => boxOf(pathname === '/' ? (params.get('q') ?? '') : ''));
  const [used, setUsed] = useState(false);
  const suggestions = useSuggestions(fragmentOf(box.text).ask, used);
  const { query, otherwise, partly } = askedOf(box, suggestions);
  const asked = useMemo(() => ({ query, otherwise, partly }), [query, otherwise, partly]);

  const { commit } = useQueryAddress(query, (address) => setBox(boxOf(address)));

  const shown = useRef<string | null>(null);
  const entering = useRef(false);
  const newest = useRef(query);
  newest.current = query;
  const tellShown = useCallback((of: string) => {
    shown.current = of;
    if (entering.current && of === newest.current) {
      entering.current = false;
      // Who has gone elsewhere meanwhile is not called back.
      if (isInSearchBox()) focusFirstCard();
    }
  }, []);
  const enterResults = useCallback(() => {
    commit();
    if (newest.current === '' || shown.current === newest.current) focusFirstCard();
    else entering.current = true;
  }, [commit]);
  const startUsing = useCallback(() => setUsed(true), []);
  const change = useCallback((next: BoxState) => {
    entering.current = false;
    setBox(next);
  }, []);

  const boxSession = useMemo(
    () => ({ box, setBox: change, suggestions, startUsing, commit, enterResults }),
    [box, change, suggestions, startUsing, commit, enterResults],
  );
  const resultsSession = useMemo(() => ({ asked, tellShown }), [asked, tellShown]);
  return (
    <BoxContext value={boxSession}>
      <ResultsContext value={resultsSession}>{children}</ResultsContext>
    </BoxContext>
  );
}

function inside<T>(value: T | null): T {
  if (value === null) throw new Error('outside of <SearchSession>');
  return value;
}

export function useBoxSession(): BoxSession {
  return inside(useContext(BoxContext));
}

export function useResultsSession(): ResultsSession {
  return inside(useContext(ResultsContext));
}
