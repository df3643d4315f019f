import { seatDemand } from './seat-demand';

const NOW = Date.UTC(2030, 0, 1);
const HOUR = 3_600_000;
const launches = (appId: string, ...hoursAgo: number[]) => hoursAgo.map((hours) => ({ appId, at: NOW - hours * HOUR }));

describe('the demand for seats', () => {
  it('is for pinned apps first, then for those launched of late, then for the others', () => {
    const interest = { pinned: ['p'], launches: [...launches('old', 20, 21, 22), ...launches('new', 0)], rest: ['new', 'x', 'y'] };
    expect(seatDemand(interest, NOW, 10).map(({ appId }) => appId)).toEqual(['p', 'new', 'old', 'x', 'y']);
    expect(seatDemand(interest, NOW, 2).map(({ appId }) => appId)).toEqual(['p', 'new']);
  });

  it('wants one seat, two of what is pinned, and more of what is launched again and again, within bounds', () => {
    const busy = Array(40).fill(0) as number[];
    const interest = { pinned: ['p'], launches: [...launches('twice', 0, 0), ...launches('busy', ...busy), ...launches('p', 0)], rest: ['x'] };
    expect(Object.fromEntries(seatDemand(interest, NOW, 10).map(({ appId, wanted }) => [appId, wanted]))).toEqual({ p: 2, twice: 3, busy: 8, x: 1 });
  });

  it('fades', () => {
    const interest = { pinned: [], launches: [...launches('a', 0), ...launches('b', 3, 3, 3)], rest: [] };
    expect(seatDemand(interest, NOW, 10).map(({ appId }) => appId)).toEqual(['a', 'b']);
  });

  it('takes a clock that was set back for now', () => {
    expect(seatDemand({ pinned: [], launches: launches('a', -5), rest: [] }, NOW, 1)).toEqual([{ appId: 'a', pinned: false, wanted: 2 }]);
  });
});
