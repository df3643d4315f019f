import type { HousekeepingPlan } from '@osiris/contracts';
import { housekeepingTotals } from './housekeeping-totals';

const artifacts = { count: 2, bytes: 3_000, items: [] };
const told = (plan: Partial<HousekeepingPlan>) => housekeepingTotals({ engine: null, artifacts, message: null, ...plan } as HousekeepingPlan);

describe('housekeepingTotals', () => {
  it('adds up what would go', () => {
    const engine = { images: [{ bytes: 1_000_000 }, { bytes: 2_000_000 }], dangling: [{ bytes: 500_000 }], buildCache: { bytes: 12_000_000, limitBytes: 10_000_000, removableBytes: 2_500_000 } };
    const totals = told({ engine } as unknown as HousekeepingPlan);
    expect([totals.count, totals.bytes]).toEqual([6, 6_003_000]);
    expect(totals.parts.map(({ value }) => value)).toEqual(['2, 3.0 MB', '1, 500 kB', '2.5 MB over its limit: 12.0 MB of 10.0 MB', '2, 3.0 kB']);
  });

  it('leaves a cache within its limit, and one that is not the hub’s', () => {
    const none = { images: [], dangling: [] };
    expect(told({ engine: { ...none, buildCache: { bytes: 5_000, limitBytes: 9_000, removableBytes: 0 } }, artifacts: { ...artifacts, count: 0, bytes: 0 } })).toMatchObject({ count: 0, bytes: 0 });
    expect(told({ engine: { ...none, buildCache: null } }).parts[2]?.value).toBe('is the engine’s own, not touched');
  });

  it('tells of artifacts alone where no builder answers', () => {
    expect(told({}).parts).toEqual([{ name: 'Artifacts past their time', value: '2, 3.0 kB' }]);
  });
});
