interface SomeTag {
  key: string;
  value: string;
  source: string;
}

/** Keys that say most about what an app is, the first being the best. */
const MAIN_KEYS = ['category', 'kind', 'type', 'topic', 'framework', 'language', 'runtime'];
/** Values that say that there is nothing to say. */
const EMPTY_VALUES = new Set(['none', 'no', 'false', 'unknown', 'other']);

function rank({ key, source }: SomeTag): number {
  const place = MAIN_KEYS.indexOf(key);
  const found = source === 'auto' ? 0.5 : 0;
  return (place >= 0 ? place : MAIN_KEYS.length) + found;
}

/** The tags that tell most, the best first; what a person wrote comes before what was found by itself. */
export function tellingTags<T extends SomeTag>(tags: readonly T[], count: number): T[] {
  return tags
    .filter(({ value }) => !EMPTY_VALUES.has(value.toLowerCase()))
    .sort((a, b) => rank(a) - rank(b))
    .slice(0, count);
}

export function mainTagOf(tags: readonly SomeTag[]): string | null {
  const [tag] = tellingTags(tags, 1);
  return tag ? `${tag.key}:${tag.value}` : null;
}
