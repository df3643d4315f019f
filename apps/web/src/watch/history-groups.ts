import type { HistoryEntry } from '@osiris/contracts';

/** One thing that happened, with the steps it took. */
export interface HistoryGroup {
  key: string;
  /** Its newest entry: how it went, or how far it is. */
  last: HistoryEntry;
  /** What came before, newest first; empty for what is told in one entry. */
  steps: HistoryEntry[];
  /** Milliseconds, as its newest entry says; null while unknown. */
  durationMs: number | null;
}

/** A line that begins a new reading of the repository: what is below it belongs to the one before. */
const beginsReading = (entry: HistoryEntry): boolean => entry.kind === 'ingestion' && entry.status === 'pending';

/** Entries that belong together, the newest first: the lines of one reading of the repository are one thing that happened. */
export function historyGroups(entries: readonly HistoryEntry[]): HistoryGroup[] {
  const groups: HistoryGroup[] = [];
  /** The reading that further lines belong to; builds and launches may lie between them. */
  let reading: HistoryGroup | null = null;
  for (const entry of entries) {
    if (entry.kind !== 'ingestion') {
      groups.push({ key: `${entry.kind} ${entry.launchId ?? entry.buildId ?? entry.at}`, last: entry, steps: [], durationMs: entry.durationMs });
      continue;
    }
    if (reading) reading.steps.push(entry);
    else {
      reading = { key: '', last: entry, steps: [], durationMs: entry.durationMs };
      groups.push(reading);
    }
    reading.key = `ingestion ${entry.at}`;
    if (beginsReading(entry)) reading = null;
  }
  return groups;
}
