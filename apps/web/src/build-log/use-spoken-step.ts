import { useEffect, useState } from 'react';
import { plainText } from '../log-text/ansi';
import type { LogBook } from './log-book';

const PAUSE_MS = 2_000;

/** For who listens: which step is under way or went wrong, never the lines themselves; at most every two seconds. */
export function useSpokenStep(book: LogBook, version: number, ended: boolean): string {
  const steps = book.sections.flatMap(({ step }) => (step ? [step] : []));
  const told = steps.findLast(({ state }) => state === 'failed') ?? (ended ? undefined : steps.findLast(({ state }) => state === 'running'));
  const words = told ? `Step ${plainText(told.name)}, ${told.state}` : '';
  const [spoken, setSpoken] = useState('');
  useEffect(() => {
    if (words === spoken) return;
    const timer = setTimeout(() => setSpoken(words), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [words, spoken, version]);
  return spoken;
}
