import { type RefObject, useCallback, useLayoutEffect, useRef, useState } from 'react';
import { scrollPlan } from './scroll-plan';
import type { Row, RowLayout } from './row-layout';

/** What stays where it is while lines come, steps are folded, or the window changes its size. */
interface Anchor {
  row: Row;
  /** Pixels of the screen's upper edge below the row's. */
  below: number;
}

export interface LogScreen {
  /** Pixels of the log above the screen's upper edge. */
  top: number;
  /** Of the element that is scrolled, so high as browsers can. */
  sizerPx: number;
  /** What `top` is in it. */
  scrollTop: number;
  follow: boolean;
  setFollow(follow: boolean): void;
  onScroll(): void;
  /** Stays where it is, whatever changes below. */
  hold(): void;
  /** Brings a row into view, `place` of the screen's height below its upper edge. */
  show(row: Row, place?: number): void;
}

const AT_END_PX = 8;

/** Where in its log a screen stands: at the row it was brought to, or, while it follows, at the end. */
export function useLogScreen(screen: RefObject<HTMLElement | null>, layout: RowLayout, viewPx: number, followAtFirst: boolean): LogScreen {
  const [follow, setFollow] = useState(followAtFirst);
  const [anchor, setAnchor] = useState<Anchor | null>(null);
  const plan = scrollPlan(layout.height, viewPx);
  const wanted = anchor && !follow ? layout.topOf(settled(layout, anchor.row)) + anchor.below : 0;
  const top = follow ? plan.lastTop : Math.min(Math.max(0, wanted), plan.lastTop);
  const scrollTop = plan.toScroll(top);
  /** Where the element was put last: what differs from it is a person's doing. */
  const put = useRef(0);

  useLayoutEffect(() => {
    const element = screen.current;
    if (!element) return;
    if (Math.abs(element.scrollTop - scrollTop) > 1) element.scrollTop = scrollTop;
    put.current = element.scrollTop;
  });

  const onScroll = useCallback((): void => {
    const element = screen.current;
    if (!element || Math.abs(element.scrollTop - put.current) <= 1) return;
    const up = element.scrollTop < put.current;
    put.current = element.scrollTop;
    const now = scrollPlan(layout.height, element.clientHeight);
    const px = now.toTop(element.scrollTop);
    const row = layout.rowAt(px);
    setAnchor(row && { row, below: px - layout.topOf(row) });
    setFollow((before) => now.lastTop - px < AT_END_PX || (before && !up));
  }, [layout, screen]);

  const show = useCallback(
    (row: Row, place = 0.3): void => {
      setFollow(false);
      setAnchor({ row, below: -place * (screen.current?.clientHeight ?? 0) });
    },
    [screen],
  );

  const hold = (): void => {
    const row = layout.rowAt(top);
    setAnchor(row && { row, below: top - layout.topOf(row) });
  };

  return { hold, top, sizerPx: plan.sizerPx, scrollTop, follow, setFollow, onScroll, show };
}

/** A line of a step that was folded meanwhile is where the step's header is. */
function settled(layout: RowLayout, { section, offset }: Row): Row {
  return offset < 0 || layout.isOpen(section) ? { section, offset } : { section, offset: -1 };
}
