/** The search box and the cards live in different parts of the page and find each other in the document. */
export const SEARCH_BOX_ID = 'search-box';

/** What a card's link carries so that arrow keys find it. */
export const CARD_LINK = { 'data-card-link': '' } as const;
const CARD_SELECTOR = '[data-card-link]';

export function focusSearchBox(): void {
  const box = document.getElementById(SEARCH_BOX_ID);
  if (!(box instanceof HTMLInputElement)) return;
  box.focus();
  box.setSelectionRange(box.value.length, box.value.length);
}

export const isInSearchBox = (): boolean => document.activeElement?.id === SEARCH_BOX_ID;

export function cardLinks(within: ParentNode = document): HTMLElement[] {
  return Array.from(within.querySelectorAll<HTMLElement>(CARD_SELECTOR));
}

export function focusFirstCard(): void {
  cardLinks()[0]?.focus();
}
