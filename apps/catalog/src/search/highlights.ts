import type { App } from '@osiris/contracts';

export interface FieldHighlights {
  field: string;
  ranges: [number, number][];
}

const escapeRegExp = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');

/** Where the words occur, in UTF-16 units of the text as it is; overlapping ranges are joined. */
export function rangesOf(text: string, words: readonly string[]): [number, number][] {
  const found: [number, number][] = [];
  for (const word of words) {
    // Case-insensitive on the text itself: lower-casing it first could shift positions ("İ" becomes two units).
    for (const match of text.matchAll(new RegExp(escapeRegExp(word), 'gi'))) found.push([match.index, match.index + match[0].length]);
  }
  found.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const joined: [number, number][] = [];
  for (const [start, end] of found) {
    const last = joined.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else joined.push([start, end]);
  }
  return joined;
}

/** Of the fields a card shows; those without a match are left out. Tags are `tags.<n>`, with the text `key:value`. */
export function highlightsOf(app: App, words: readonly string[]): FieldHighlights[] {
  if (words.length === 0) return [];
  const fields = [
    { field: 'name', text: app.name },
    { field: 'slug', text: app.slug },
    { field: 'description', text: app.description },
    ...app.tags.map(({ key, value }, at) => ({ field: `tags.${at}`, text: `${key}:${value}` })),
  ];
  return fields.map(({ field, text }) => ({ field, ranges: rangesOf(text, words) })).filter(({ ranges }) => ranges.length > 0);
}
