/** So many entries in so short a time are a load in bulk. */
const BULK = 2_000;
const SHORTLY_MS = 30_000;
/** A load is over once nothing has come for this long; where it goes on and on, what is there by then is taken. */
const SETTLED_MS = 2_000;
const PATIENCE_MS = 30_000;

export interface ImportActions {
  /** These apps are to be read anew. */
  mark(ids: readonly string[]): void;
  /** The index is to be built anew. */
  rebuild(): void;
}

/**
 * What comes by imports, which make no events. A few entries are read like any other change. A load of many thousands is
 * read with a new index once it has come: that costs a tenth of taking them up one after the other.
 */
export class ImportWatch {
  /** Number of the newest import that the index has or will have; a greater one in the database is another process's. */
  private known = 0;
  private noticedBefore: number | null = null;
  private recent = 0;
  private recentSince = 0;
  private settling: NodeJS.Timeout | undefined;
  private settlingSince = 0;

  constructor(
    private readonly actions: ImportActions,
    private readonly now: () => number = Date.now,
  ) {}

  /** An index begins to be built from the tables, which have imports up to this number. */
  readWith(number: number): void {
    this.known = number;
    this.noticedBefore = null;
  }

  /** Committed by this process. */
  came(ids: readonly string[], number: number): void {
    // A number left out is an import of another process: that one stays unknown.
    if (number === this.known + 1) this.known = number;
    const now = this.now();
    if (now - this.recentSince > SHORTLY_MS) {
      this.recent = 0;
      this.recentSince = now;
    }
    this.recent += ids.length;
    if (this.settling === undefined && this.recent <= BULK) return this.actions.mark(ids);
    this.settle(now);
  }

  /** What the database says: with the same unknown number twice, another process's imports have come to rest. */
  noticed(number: number): void {
    const unknown = number > this.known && this.settling === undefined;
    const settled = unknown && number === this.noticedBefore;
    this.noticedBefore = unknown && !settled ? number : null;
    if (settled) this.actions.rebuild();
  }

  stop(): void {
    clearTimeout(this.settling);
  }

  private settle(now: number): void {
    if (this.settling === undefined) this.settlingSince = now;
    clearTimeout(this.settling);
    const wait = Math.min(SETTLED_MS, this.settlingSince + PATIENCE_MS - now);
    this.settling = setTimeout(() => {
      this.settling = undefined;
      this.actions.rebuild();
    }, Math.max(0, wait));
  }
}
