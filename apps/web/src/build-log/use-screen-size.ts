import { type RefObject, useLayoutEffect, useState } from 'react';

export interface ScreenSize {
  widthPx: number;
  heightPx: number;
  /** Of one letter. */
  letterPx: number;
}

/** How much there is room for. `probe` holds a hundred letters of the log's font. */
export function useScreenSize(screen: RefObject<HTMLElement | null>, probe: RefObject<HTMLElement | null>): ScreenSize {
  const [size, setSize] = useState<ScreenSize>({ widthPx: 0, heightPx: 0, letterPx: 8 });
  useLayoutEffect(() => {
    const element = screen.current;
    if (!element) return;
    const measure = (): void => {
      const next = { widthPx: element.clientWidth, heightPx: element.clientHeight, letterPx: (probe.current?.getBoundingClientRect().width ?? 800) / 100 || 8 };
      setSize((known) => (known.widthPx === next.widthPx && known.heightPx === next.heightPx && known.letterPx === next.letterPx ? known : next));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    if (probe.current) observer.observe(probe.current);
    return () => observer.disconnect();
  }, [screen, probe]);
  return size;
}
