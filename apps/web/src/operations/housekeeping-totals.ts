import type { HousekeepingPlan } from '@osiris/contracts';
import { formatBytes } from '../watch/duration';

export interface HousekeepingTotals {
  /** Things that would go; the build cache is one. */
  count: number;
  bytes: number;
  parts: { name: string; value: string }[];
}

const sum = (items: readonly { bytes: number }[]): number => items.reduce((total, { bytes }) => total + bytes, 0);

/** How much would go, of what. Parts of which nothing would go are told too, as far as they are known. */
export function housekeepingTotals({ engine, artifacts }: HousekeepingPlan): HousekeepingTotals {
  const parts: HousekeepingTotals['parts'] = [];
  let count = artifacts.count;
  let bytes = artifacts.bytes;
  const counted = (many: number, size: number): string => (many === 0 ? 'none' : `${many.toLocaleString('en')}, ${formatBytes(size)}`);
  if (engine) {
    const { images, dangling, buildCache } = engine;
    const cache = buildCache?.removableBytes ?? 0;
    count += images.length + dangling.length + (cache > 0 ? 1 : 0);
    bytes += sum(images) + sum(dangling) + cache;
    parts.push({ name: 'Images', value: counted(images.length, sum(images)) }, { name: 'Layers without a name', value: counted(dangling.length, sum(dangling)) });
    parts.push({
      name: 'Build cache',
      value: buildCache ? `${cache > 0 ? `${formatBytes(cache)} over` : 'within'} its limit: ${formatBytes(buildCache.bytes)} of ${formatBytes(buildCache.limitBytes)}` : 'is the engine’s own, not touched',
    });
  }
  parts.push({ name: 'Artifacts past their time', value: counted(artifacts.count, artifacts.bytes) });
  return { count, bytes, parts };
}
