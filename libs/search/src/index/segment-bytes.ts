import type { Segment } from '../segments/segment';

/** V8 keeps an ASCII string in a header and a byte for each letter. */
const STRING_BYTES = 20;

const textsBytes = (texts: readonly string[]): number => texts.reduce((sum, text) => sum + STRING_BYTES + text.length, 0);

/** What a segment takes, texts included. */
export function bytesOf(segment: Segment): number {
  const { tags } = segment;
  return columnsBytes(segment, new Set()) + [segment.terms, segment.owners, tags.values, tags.folded].reduce((sum, texts) => sum + textsBytes(texts), 0);
}

function columnsBytes(value: unknown, seen: Set<object>): number {
  if (typeof value !== 'object' || value === null || seen.has(value)) return 0;
  seen.add(value);
  if (ArrayBuffer.isView(value)) return value.byteLength;
  // Lists of texts are counted apart, lists of sets (hot) here.
  if (Array.isArray(value) && typeof value[0] !== 'object') return 0;
  return Object.values(value).reduce<number>((sum, part) => sum + columnsBytes(part, seen), 0);
}
