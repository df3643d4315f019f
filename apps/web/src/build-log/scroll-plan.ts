/** Browsers draw no element higher than this: Firefox 17.8 million pixels, others twice as many. */
const HIGHEST_PX = 15_000_000;

export interface ScrollPlan {
  /** Height of what is scrolled. */
  sizerPx: number;
  /** The log's pixels above the screen when it is scrolled to the end. */
  lastTop: number;
  toTop(scrollTop: number): number;
  toScroll(top: number): number;
}

/** How far a log is scrolled, as pixels of its own and of the element: they differ where it is higher than browsers draw. */
export function scrollPlan(logPx: number, viewPx: number): ScrollPlan {
  const sizerPx = Math.min(logPx, Math.max(HIGHEST_PX, viewPx));
  const lastTop = Math.max(0, logPx - viewPx);
  const lastScroll = Math.max(0, sizerPx - viewPx);
  const ratio = lastScroll === 0 ? 1 : lastTop / lastScroll;
  return { sizerPx, lastTop, toTop: (scrollTop) => Math.min(lastTop, scrollTop * ratio), toScroll: (top) => top / ratio };
}
