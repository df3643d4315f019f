import type { App } from '@osiris/contracts';
import { appState } from './app-state';
import type { RowTag } from './row-tags';

/** Cards of a row; its “All” leads to the others. */
export const ROW_LENGTH = 12;
const TAG_ROWS = 5;
/** An app is shown in no more rows than this. */
const ROWS_OF_AN_APP = 2;

export interface ShelfRowModel<A extends App = App> {
  /** Popular, Recent, or the tag whose apps these are. */
  of: 'popular' | 'recent' | RowTag;
  apps: A[];
}

/** Fewer do not make a row: others that are not broken stand after them. */
const ROW_LEAST = 4;

/**
 * Those that can be launched, run, or are on their way there. Where they are few, what rests follows them; what is broken
 * stands only where there is nothing else: a shelf of living apps does not begin with it.
 */
function livingFirst<A extends App>(apps: readonly A[]): A[] {
  const stateOf = new Map(apps.map((app) => [app, appState(app)]));
  const lives = (app: A): boolean => stateOf.get(app)?.launchable === true || ['alive', 'busy'].includes(stateOf.get(app)?.tone ?? '');
  const living = apps.filter(lives);
  if (living.length >= ROW_LEAST) return living;
  const resting = apps.filter((app) => !lives(app) && stateOf.get(app)?.tone !== 'failed');
  return living.length + resting.length > 0 ? [...living, ...resting] : [...apps];
}

interface RowSources<A extends App> {
  total: number;
  popular: readonly A[];
  recent: readonly A[];
  tagged: readonly { tag: RowTag; apps: readonly A[] }[];
}

/**
 * The rows of the shelf. Recent is left out while it would say the same as Popular; a tag's row shows what is not in two
 * rows above it already, and is left out where too little remains.
 */
export function shelfRows<A extends App>({ total, popular, recent, tagged }: RowSources<A>): ShelfRowModel<A>[] {
  const rows: ShelfRowModel<A>[] = [{ of: 'popular', apps: livingFirst(popular).slice(0, ROW_LENGTH) }];
  const newest = recent.slice(0, ROW_LENGTH);
  if (!sameApps(livingFirst(newest), rows[0]?.apps ?? [])) rows.push({ of: 'recent', apps: newest });

  const shown = new Map<string, number>();
  const count = (apps: readonly A[]): void => apps.forEach(({ id }) => shown.set(id, (shown.get(id) ?? 0) + 1));
  rows.forEach(({ apps }) => count(apps));
  const least = total >= 24 ? 4 : 2;
  for (const { tag, apps } of tagged) {
    if (rows.filter(({ of }) => typeof of === 'object').length === TAG_ROWS) break;
    const left = livingFirst(apps).filter(({ id }) => (shown.get(id) ?? 0) < ROWS_OF_AN_APP).slice(0, ROW_LENGTH);
    if (left.length < least) continue;
    rows.push({ of: tag, apps: left });
    count(left);
  }
  return rows;
}

function sameApps(a: readonly App[], b: readonly App[]): boolean {
  const ids = new Set(a.map(({ id }) => id));
  return a.length === b.length && b.every(({ id }) => ids.has(id));
}
