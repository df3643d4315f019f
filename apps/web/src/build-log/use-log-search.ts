import { useEffect, useMemo, useState } from 'react';
import type { LogBook } from './log-book';
import { LogSearch } from './log-search';

const TYPING_MS = 120;

/** A search in a log that may grow: goes on in pieces between which the page answers. `found` is another number whenever it got further. */
export function useLogSearch(book: LogBook, version: number, typed: string) {
  const [query, setQuery] = useState('');
  const [progress, setProgress] = useState(0);
  useEffect(() => {
    const timer = setTimeout(() => setQuery(typed), typed === '' ? 0 : TYPING_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  const search = useMemo(() => new LogSearch(book, query), [book, query]);

  useEffect(() => {
    if (search.finder === null) return;
    let timer: ReturnType<typeof setTimeout>;
    const step = (): void => {
      const more = search.advance();
      setProgress((count) => count + 1);
      if (more) timer = setTimeout(step);
    };
    step();
    return () => clearTimeout(timer);
  }, [search, version]);

  return { search, progress, query };
}
