import { type MouseEvent, useCallback } from 'react';
import { useGo } from './go';

/**
 * A click handler for an element whose links are plain `<a href>`: a click on one goes there without loading the page. For the
 * many links of cards and facets, which as components of the router would all be drawn again with each new address.
 */
export function useLocalLinks(): (event: MouseEvent) => void {
  const go = useGo();
  return useCallback(
    (event) => {
      const link = (event.target as Element).closest('a');
      if (!link || event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
      if (link.target !== '' || link.origin !== window.location.origin) return;
      event.preventDefault();
      void go(`${link.pathname}${link.search}${link.hash}`);
    },
    [go],
  );
}
