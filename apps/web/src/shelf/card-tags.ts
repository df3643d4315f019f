import type { Highlight, Tag } from '@osiris/contracts';
import { tellingTags } from './main-tags';

const SHOWN = 3;

export interface CardTag {
  key: string;
  value: string;
  /** What to mark in the value. */
  ranges: Highlight['ranges'];
}

/** A version or a port alone says nothing: its key stands before it. */
export const needsKey = (value: string): boolean => /^[v<>=~^]*\d/.test(value);

/** The tags a card has room for: those that the search found first, then those that tell most of the app. */
export function cardTags(tags: readonly Tag[], highlights: readonly Highlight[]): CardTag[] {
  const found = new Map<Tag, Highlight['ranges']>();
  for (const { field, ranges } of highlights) {
    const tag = tags[Number(/^tags\.(\d+)$/.exec(field)?.[1] ?? -1)];
    // Ranges are of the text `key:value`.
    if (tag) found.set(tag, ranges.map(([from, to]): [number, number] => [from - tag.key.length - 1, to - tag.key.length - 1]).filter(([, to]) => to > 0));
  }
  const telling = tellingTags(tags, tags.length);
  const inValue = (tag: Tag): boolean => (found.get(tag)?.length ?? 0) > 0;
  return [...telling.filter(inValue), ...telling.filter((tag) => !inValue(tag))]
    .slice(0, SHOWN)
    .map((tag) => ({ key: tag.key, value: tag.value, ranges: (found.get(tag) ?? []).map(([from, to]) => [Math.max(from, 0), to]) }));
}
