import type { HistoryEntry } from '@osiris/contracts';
import { historyGroups } from './history-groups';

let clock = 100;
const entry = (kind: HistoryEntry['kind'], status: string, more: Partial<HistoryEntry> = {}): HistoryEntry => ({
  kind, status, message: '', attempt: 1, commitSha: null, durationMs: null, at: new Date(1_800_000_000_000 + clock-- * 1000).toISOString(), artifacts: [], ...more,
});

describe('historyGroups', () => {
  it('makes one of the lines of a reading, and keeps builds and launches apart', () => {
    const groups = historyGroups([
      entry('launch', 'stopped', { launchId: 'lch_1', buildId: 'bld_1' }),
      entry('build', 'succeeded', { buildId: 'bld_1', durationMs: 200 }),
      entry('ingestion', 'ready', { durationMs: 226 }),
      entry('ingestion', 'processing'),
      entry('ingestion', 'pending'),
      entry('ingestion', 'failed'),
      entry('ingestion', 'pending'),
    ]);
    expect(groups.map(({ last, steps }) => `${last.kind} ${last.status} ${steps.length}`)).toEqual([
      'launch stopped 0', 'build succeeded 0', 'ingestion ready 2', 'ingestion failed 1',
    ]);
    expect(new Set(groups.map(({ key }) => key)).size).toBe(4);
    expect(groups[2]?.durationMs).toBe(226);
  });

  it('holds a reading together that a launch fell into', () => {
    const groups = historyGroups([entry('ingestion', 'ready'), entry('launch', 'stopped', { launchId: 'lch_1' }), entry('ingestion', 'pending')]);
    expect(groups.map(({ last, steps }) => `${last.kind} ${steps.length}`)).toEqual(['ingestion 1', 'launch 0']);
  });

  it('has the same key for a reading while lines are added to it', () => {
    const began = entry('ingestion', 'pending');
    const before = historyGroups([began])[0]?.key;
    expect(historyGroups([{ ...began, status: 'processing', at: '2027-02-01T00:00:00Z' }, began])[0]?.key).toBe(before);
  });
});
