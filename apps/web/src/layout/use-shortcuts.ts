import { useEffect } from 'react';
import { focusSearchBox } from '../search/focus-targets';

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}

/** Keys that work anywhere: `/` and Ctrl-K lead to the search box, `?` shows all keys. */
export function useShortcuts(showKeys: () => void): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (document.querySelector('dialog[open]')) return;
      const controlK = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === 'k';
      const plain = !event.ctrlKey && !event.metaKey && !event.altKey && !isTyping(event.target);
      if (controlK || (plain && event.key === '/')) {
        event.preventDefault();
        focusSearchBox();
      } else if (plain && event.key === '?') {
        event.preventDefault();
        showKeys();
      }
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [showKeys]);
}
