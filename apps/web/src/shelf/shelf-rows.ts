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

/** Whether it can be launched, runs, or is on its way there. */
function lives(app: App): boolean {
  const { launchable, tone } = appState(app);
  return launchable || tone === 'alive' || tone === 'busy';
}

/** Those that live, where there are any: a shelf of living apps does not begin with broken ones. */
function livingFirst<A extends App>(apps: readonly A[]): A[] {
  const living = apps.filter(lives);
  return living.length > 0 ? living : [...apps];
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
