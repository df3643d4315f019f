import { type KeyboardEvent, type ReactNode, useRef } from 'react';
import { useLocalLinks } from '../layout/use-local-links';
import { LaunchingContext, useLaunching } from '../shelf/launching';
import { walk, type WalkKey } from './card-walk';
import { cardLinks, focusSearchBox } from './focus-targets';

const WALK_KEYS = new Set(['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End']);

/** Cards one can walk through with the arrows: Enter opens (it is a link), `l` launches, Esc leads to the box. */
export function CardField({ children }: { children: ReactNode }) {
  const field = useRef<HTMLDivElement>(null);
  const launching = useLaunching();
  const onClick = useLocalLinks();

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    const link = event.target as HTMLElement;
    if (!field.current || event.ctrlKey || event.metaKey || event.altKey || link.dataset.cardLink === undefined) return;
    if (event.key === 'Escape') {
      event.preventDefault();
      focusSearchBox();
    } else if (event.key.toLowerCase() === 'l') {
      const { appId, slug } = link.dataset;
      if (appId && slug) launching.launch(appId, slug);
      // What runs already, or cannot run yet, is shown.
      else if (slug) link.click();
    } else if (WALK_KEYS.has(event.key)) {
      event.preventDefault();
      const links = cardLinks(field.current);
      const places = links.map((one) => (one.closest('article') ?? one).getBoundingClientRect());
      const to = walk(places, links.indexOf(link), event.key as WalkKey);
      if (to === 'box') focusSearchBox();
      else links[to]?.focus();
    }
  };

  return (
    <LaunchingContext value={launching}>
      <div ref={field} onKeyDown={onKeyDown} onClick={onClick}>
        {children}
      </div>
    </LaunchingContext>
  );
}
