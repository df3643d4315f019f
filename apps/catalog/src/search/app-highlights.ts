import type { Highlight } from '@osiris/contracts';
import { highlight, type MatchedToken } from '@osiris/search';
import type { ShownApp } from './shown-app';

/** Of the fields that a card shows; those without a match are left out. Tags are `tags.<n>`, with the text `key:value`. */
export function highlightsOf(app: ShownApp, matched: readonly MatchedToken[]): Highlight[] {
  if (matched.length === 0) return [];
  const found: Highlight[] = [];
  const look = (field: string, text: string): void => {
    const ranges = highlight(text, matched);
    if (ranges.length > 0) found.push({ field, ranges });
  };
  look('name', app.name);
  look('slug', app.slug);
  look('description', app.description);
  app.tags.forEach((text, at) => look(`tags.${at}`, text));
  return found;
}
