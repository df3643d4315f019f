import { type RefObject, useEffect, useLayoutEffect, useState } from 'react';
import { ALL_UP_TO, type CardWindow, type GridMetrics, wholeWindow, windowOf } from './card-window';

/** Of the grid last seen: a page one comes back to has its full height at once, and its place is found again. */
let lastMetrics: GridMetrics = { columns: 0, pitch: 0 };

function measure(grid: HTMLElement): GridMetrics {
  const style = getComputedStyle(grid);
  const card = grid.querySelector(':scope > li');
  if (!card) return lastMetrics;
  const pitch = card.getBoundingClientRect().height + (Number.parseFloat(style.rowGap) || 0);
  return { columns: style.gridTemplateColumns.split(' ').length, pitch };
}

const same = (a: CardWindow, b: CardWindow): boolean => a.from === b.from && a.to === b.to && a.rowsBefore === b.rowsBefore && a.rowsAfter === b.rowsAfter;

/** Which cards of a list of `count` to draw for what is seen of it, and the pixels that stand for the others. */
export function useCardWindow(grid: RefObject<HTMLElement | null>, count: number): CardWindow & { before: number; after: number } {
  const long = count > ALL_UP_TO;
  const [metrics, setMetrics] = useState(lastMetrics);
  /** Of a long list; null where all is drawn. */
  const [seen, setSeen] = useState<CardWindow | null>(() => (long ? windowOf(count, lastMetrics, 0, window.innerHeight) : null));

  const look = (): void => {
    const element = grid.current;
    if (!long) setSeen(null);
    if (!element || !long) return;
    const measured = measure(element);
    lastMetrics = measured;
    setMetrics((known) => (known.columns === measured.columns && Math.abs(known.pitch - measured.pitch) < 0.5 ? known : measured));
    const next = windowOf(count, measured, element.getBoundingClientRect().top, window.innerHeight);
    setSeen((known) => (known && same(known, next) ? known : next));
  };

  useLayoutEffect(look, [count, long]);
  useEffect(() => {
    if (!long) return;
    let frame = 0;
    const soon = (): void => {
      frame ||= requestAnimationFrame(() => {
        frame = 0;
        look();
      });
    };
    window.addEventListener('scroll', soon, { passive: true });
    window.addEventListener('resize', soon);
    return () => {
      cancelAnimationFrame(frame);
      window.removeEventListener('scroll', soon);
      window.removeEventListener('resize', soon);
    };
  }, [count, long]);

  // A list that has just changed its length is cut anew at once: a window of the one before may lie outside of it.
  // One that has just become long is drawn whole once more, to be measured with the place and the focus one has in it.
  const shown = !long || !seen ? wholeWindow(count) : seen.to <= count ? seen : windowOf(count, metrics, 0, window.innerHeight);
  return { ...shown, before: shown.rowsBefore * metrics.pitch, after: shown.rowsAfter * metrics.pitch };
}
