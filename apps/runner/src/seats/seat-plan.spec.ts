import { MAX_SEAT_AGE_MS, planSeats, roomForSeats, type SeatSituation } from './seat-plan';

const NOW = Date.UTC(2030, 0, 1);
const situation = (of: Partial<SeatSituation>): SeatSituation => ({ wishes: [], held: [], room: 10, perBuild: 2, barred: new Set(), now: NOW, ...of });
const seat = (seatId: string, key: string, ageMs = 0) => ({ seatId, key, madeAt: NOW - ageMs });

describe('planSeats', () => {
  it('makes what is wanted and missing, the most wanted first', () => {
    const wishes = [{ key: 'a', wanted: 2 }, { key: 'b', wanted: 1 }];
    expect(planSeats(situation({ wishes }))).toEqual({ discard: [], make: ['a', 'a', 'b'] });
    expect(planSeats(situation({ wishes, held: [seat('1', 'a'), seat('2', 'b')] }))).toEqual({ discard: [], make: ['a'] });
  });

  it('gives each build a first seat before any a second one, but for those that go first', () => {
    const wishes = [{ key: 'a', wanted: 2 }, { key: 'b', wanted: 2 }, { key: 'c', wanted: 2 }];
    expect(planSeats(situation({ wishes, room: 4 })).make).toEqual(['a', 'a', 'b', 'c']);
    expect(planSeats(situation({ wishes: wishes.map((wish) => ({ ...wish, first: wish.key === 'b' })), room: 3 })).make.sort()).toEqual(['a', 'b', 'b']);
  });

  it('gives no build more than it may have, and makes none at all where seats are off', () => {
    expect(planSeats(situation({ wishes: [{ key: 'a', wanted: 9 }] })).make).toEqual(['a', 'a']);
    expect(planSeats(situation({ wishes: [{ key: 'a', wanted: 1 }], held: [seat('1', 'a')], perBuild: 0 }))).toEqual({ discard: [{ seatId: '1', why: 'room' }], make: [] });
  });

  it('throws away what no build wants any more, and replaces what is too old', () => {
    const held = [seat('1', 'gone'), seat('2', 'a', MAX_SEAT_AGE_MS + 1), seat('3', 'b', MAX_SEAT_AGE_MS)];
    const plan = planSeats(situation({ wishes: [{ key: 'a', wanted: 1 }, { key: 'b', wanted: 1 }], held }));
    expect(plan).toEqual({ discard: [{ seatId: '1', why: 'stale' }, { seatId: '2', why: 'old' }], make: ['a'] });
  });

  it('gives way: with less room the least wanted go, and of one build the oldest', () => {
    const wishes = [{ key: 'a', wanted: 2 }, { key: 'b', wanted: 1 }];
    const held = [seat('old', 'a', 500), seat('new', 'a'), seat('b', 'b')];
    expect(planSeats(situation({ wishes, held, room: 2 }))).toEqual({ discard: [{ seatId: 'old', why: 'room' }], make: [] });
    expect(planSeats(situation({ wishes, held, room: 1 })).discard.map(({ seatId }) => seatId).sort()).toEqual(['b', 'old']);
    expect(planSeats(situation({ wishes, held, room: 0 })).discard).toHaveLength(3);
  });

  it('keeps what is there until it knows what is wanted, as far as there is room', () => {
    const held = [seat('1', 'a'), seat('2', 'b', 9)];
    expect(planSeats(situation({ wishes: undefined, held }))).toEqual({ discard: [], make: [] });
    expect(planSeats(situation({ wishes: undefined, held, room: 1 })).discard).toEqual([{ seatId: '2', why: 'room' }]);
  });

  it('makes none for now of what did not come up', () => {
    expect(planSeats(situation({ wishes: [{ key: 'a', wanted: 1 }, { key: 'b', wanted: 1 }], barred: new Set(['a']) })).make).toEqual(['b']);
  });
});

describe('roomForSeats', () => {
  it.each([
    [12, 0, 4],
    [12, 9, 3],
    [12, 12, 0],
    [12, 14, 0],
    [2, 0, 0],
  ])('of %i places with %i taken: %i', (capacity, taken, seats) => expect(roomForSeats(capacity, taken)).toBe(seats));
});
