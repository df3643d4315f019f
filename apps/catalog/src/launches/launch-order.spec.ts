import { admitted, inTurn, type WaitingLaunch } from './launch-order';

const waiting = (id: string, appId = id[0] ?? '', places = 1): WaitingLaunch => ({ id, appId, places });
const ids = (launches: readonly WaitingLaunch[]): string[] => launches.map(({ id }) => id);

describe('inTurn', () => {
  it('gives turns by age where nothing runs and each is of another app', () => {
    expect(ids(inTurn([waiting('2', 'b'), waiting('1', 'a'), waiting('3', 'c')], new Map()))).toEqual(['1', '2', '3']);
  });

  it('lets the app with fewer launches go first, however late it came', () => {
    const all = [waiting('1', 'a'), waiting('2', 'a'), waiting('3', 'b')];
    expect(ids(inTurn(all, new Map([['a', 1]])))).toEqual(['3', '1', '2']);
    expect(ids(inTurn(all, new Map()))).toEqual(['1', '3', '2']);
  });

  it('counts what it has given room to itself: fifty of one app are one turn each', () => {
    const many = Array.from({ length: 50 }, (_, at) => waiting(`a${String(at).padStart(2, '0')}`, 'a'));
    const order = ids(inTurn([...many, waiting('z1', 'z'), waiting('z2', 'z')], new Map()));
    expect(order.slice(0, 5)).toEqual(['a00', 'z1', 'a01', 'z2', 'a02']);
    expect(order).toHaveLength(52);
  });

  it('puts everyone in exactly one place, whatever is under way', () => {
    for (let seed = 1; seed <= 50; seed++) {
      const all = Array.from({ length: seed }, (_, at) => waiting(String((at * 7919 * seed) % 1009).padStart(4, '0') + at, `app${(at * seed) % 5}`));
      const order = ids(inTurn(all, new Map([['app1', seed % 4], ['app3', 2]])));
      expect([...order].sort()).toEqual(ids(all).sort());
      for (const app of new Set(all.map(({ appId }) => appId))) {
        const own = order.filter((id) => all.find((launch) => launch.id === id)?.appId === app);
        expect(own).toEqual([...own].sort());
      }
    }
  });
});

describe('admitted', () => {
  it('lets in from the front as many as fit', () => {
    expect(ids(admitted([waiting('1'), waiting('2'), waiting('3')], { total: 4, free: 2 }))).toEqual(['1', '2']);
    expect(admitted([waiting('1')], { total: 4, free: 0 })).toEqual([]);
  });

  it('keeps the places of a large one that does not fit yet', () => {
    expect(ids(admitted([waiting('1', 'a', 4), waiting('2', 'b')], { total: 8, free: 3 }))).toEqual([]);
    expect(ids(admitted([waiting('1', 'a', 4), waiting('2', 'b')], { total: 8, free: 5 }))).toEqual(['1', '2']);
  });

  it('goes past one that never fits, and gives nothing where runners have more than they should', () => {
    expect(ids(admitted([waiting('1', 'a', 4), waiting('2', 'b')], { total: 2, free: 1 }))).toEqual(['2']);
    expect(admitted([waiting('1', 'a')], { total: 2, free: -3 })).toEqual([]);
  });
});
