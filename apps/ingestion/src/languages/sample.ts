/** Files at most that are looked into. */
export const MAX_SAMPLED = 200;
const MAX_EACH = 20;

/**
 * All of them where there are few; else some of each group, at equal distances in their order, so that the same tree always
 * gives the same ones.
 */
export function sampled<T>(groups: ReadonlyMap<string, readonly T[]>): T[] {
  const all = [...groups.values()];
  if (all.reduce((sum, { length }) => sum + length, 0) <= MAX_SAMPLED) return all.flat();
  const largest = all.sort((a, b) => b.length - a.length);
  const chosen: T[] = [];
  for (const group of largest) {
    const count = Math.min(MAX_EACH, group.length, MAX_SAMPLED - chosen.length);
    for (let index = 0; index < count; index++) {
      const one = group[Math.floor((index * group.length) / count)];
      if (one !== undefined) chosen.push(one);
    }
  }
  return chosen;
}
