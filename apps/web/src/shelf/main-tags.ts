interface SomeTag {
  key: string;
  value: string;
  source: string;
}

/** Keys that say most about what an app is, the first being the best. */
export const MAIN_KEYS = ['category', 'kind', 'type', 'topic', 'framework', 'language', 'feature', 'keyword'];
/** Keys that say how it is run or kept, which nobody browses by. */
export const LAST_KEYS = ['protocol', 'genre', 'runtime', 'build', 'license', 'port'];
/** Values that say that there is nothing to say. */
const EMPTY_VALUES = new Set(['none', 'no', 'false', 'unknown', 'other']);

/** Place of a key by how much it tells of an app: the less, the more. */
export function keyRank(key: string): number {
  const first = MAIN_KEYS.indexOf(key);
  if (first >= 0) return first;
  const last = LAST_KEYS.indexOf(key);
  return MAIN_KEYS.length + (last >= 0 ? 1 + last : 0);
}

export function tells(value: string): boolean {
  return !EMPTY_VALUES.has(value.toLowerCase());
}

/** The tags that tell most, the best first; what a person wrote comes before what was found by itself. */
export function tellingTags<T extends SomeTag>(tags: readonly T[], count: number): T[] {
  const rank = ({ key, source }: SomeTag): number => keyRank(key) + (source === 'auto' ? 0.5 : 0);
  return tags
    .filter(({ value }) => tells(value))
    .sort((a, b) => rank(a) - rank(b))
    .slice(0, count);
}

/** The tag that tells most of an app; null where none tells anything. */
export function mainTagOf<T extends SomeTag>(tags: readonly T[]): T | null {
  return tellingTags(tags, 1)[0] ?? null;
}
