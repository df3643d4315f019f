import { useCallback, useMemo, useState } from 'react';
import type { Section, StepState } from './log-book';

interface Choices {
  /** What was said of all at once; null: nothing. */
  all: boolean | null;
  each: ReadonlyMap<number, boolean>;
}

const UNTOUCHED: Choices = { all: null, each: new Map() };

/** Open unless told otherwise: what is written to; and once the build has ended, what went wrong. */
function openByItself(state: StepState, ended: boolean): boolean {
  return !ended || state === 'failed' || state === 'canceled' || state === 'running';
}

/** Which steps are open: as the person said, else as it goes with the build. */
export function useFolding(ended: boolean) {
  const [{ all, each }, setChoices] = useState(UNTOUCHED);
  const isOpen = useCallback((section: Section): boolean => each.get(section.index) ?? all ?? openByItself(section.step?.state ?? 'running', ended), [all, each, ended]);
  const set = useCallback((section: Section, open: boolean) => setChoices((now) => ({ ...now, each: new Map(now.each).set(section.index, open) })), []);
  const setAll = useCallback((open: boolean) => setChoices({ all: open, each: new Map() }), []);
  return useMemo(() => ({ isOpen, set, setAll }), [isOpen, set, setAll]);
}
