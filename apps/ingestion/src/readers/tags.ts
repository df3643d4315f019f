import type { Tag } from '@osiris/contracts';

const MAX_VALUE = 200;
const MAX_FROM = 300;

/** A key as tags have them: lower case letters, digits, ".", "_" and "-"; undefined where nothing of it remains. */
export function tagKey(text: string): string | undefined {
  const key = text
    .trim()
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9_.-]+/g, '-')
    .replace(/^[^a-z0-9]+|-+$/g, '')
    .slice(0, 64);
  return key === '' ? undefined : key;
}

/** One line of visible text, at most `max` UTF-16 code units, never cut within a character. */
export function oneLine(text: string, max: number): string {
  const line = text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
  if (line.length <= max) return line;
  return line.slice(0, max - 1).replace(/[\ud800-\udbff]$/, '').trimEnd() + '…';
}

/** Undefined where key or value are nothing that a tag can hold. */
export function makeTag(source: Tag['source'], from: string, key: string, value: string, confidence?: number): Tag | undefined {
  const goodKey = tagKey(key);
  const goodValue = oneLine(value, MAX_VALUE);
  return goodKey === undefined || goodValue === '' ? undefined : { key: goodKey, value: goodValue, source, from: oneLine(from, MAX_FROM), ...(confidence === undefined ? {} : { confidence }) };
}

/** Tags that a rule of the hub derived. */
export function autoTags(from: string, key: string, values: readonly string[], confidence?: number): Tag[] {
  return values.map((value) => makeTag('auto', from, key, value, confidence)).filter((tag) => tag !== undefined);
}
