const FIRST_MS = 60_000;
const LONGEST_MS = 3_600_000;

/** What did not come up is not tried again and again: a minute's pause at first, then twice as long each time, an hour at most. */
export class BarredSeats {
  private readonly byKey = new Map<string, { until: number; times: number }>();

  failed(key: string, now: number): void {
    const times = (this.byKey.get(key)?.times ?? 0) + 1;
    this.byKey.set(key, { times, until: now + Math.min(LONGEST_MS, FIRST_MS * 2 ** (times - 1)) });
  }

  came(key: string): void {
    this.byKey.delete(key);
  }

  /** Keys that none is made of now; what nobody wants any more is forgotten. */
  at(now: number, wanted: ReadonlySet<string>): Set<string> {
    for (const key of this.byKey.keys()) if (!wanted.has(key)) this.byKey.delete(key);
    return new Set([...this.byKey].filter(([, { until }]) => until > now).map(([key]) => key));
  }
}
