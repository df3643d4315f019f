/** A build that seats are wanted of. */
export interface Wanted {
  /** What a seat must be for to serve it (`seatKey`). */
  key: string;
  /** How many seats. */
  wanted: number;
  /** Its seats go before those of others. */
  first?: boolean;
}

export interface HeldSeat {
  seatId: string;
  key: string;
  /** Milliseconds since 1970. */
  madeAt: number;
}

export interface SeatSituation {
  /** Those most in demand first; undefined until the catalog has said. */
  wishes: readonly Wanted[] | undefined;
  held: readonly HeldSeat[];
  /** Seats that there is memory for. */
  room: number;
  /** Seats that one build may have. */
  perBuild: number;
  /** Keys of which no seat is made for now: the last one did not come up. */
  barred: ReadonlySet<string>;
  /** Milliseconds since 1970. */
  now: number;
}

export interface SeatPlan {
  discard: { seatId: string; why: 'stale' | 'old' | 'room' }[];
  /** Keys to make a seat of each, the most wanted first. */
  make: string[];
}

/** Of an app that has been paused for longer, connections, tokens and caches may be past their time. */
export const MAX_SEAT_AGE_MS = 3_600_000;
/** Of what the engine's memory holds in launches, seats may take one part in so many. */
const PART_OF_CAPACITY = 3;

/** How many seats there is memory for, beside launches that take `taken` places: they go first. */
export function roomForSeats(capacity: number, taken: number): number {
  return Math.max(0, Math.min(capacity - taken, Math.floor(capacity / PART_OF_CAPACITY)));
}

/** What to do so that the seats are those that are wanted. */
export function planSeats(situation: SeatSituation): SeatPlan {
  const { wishes, held, room, now, barred } = situation;
  const discard: SeatPlan['discard'] = [];
  const kept: HeldSeat[] = [];
  // Until it is known what is wanted, what a former life of the runner has left may be just that.
  const known = wishes && new Set(wishes.map(({ key }) => key));
  for (const seat of held) {
    if (known && !known.has(seat.key)) discard.push({ seatId: seat.seatId, why: 'stale' });
    else if (now - seat.madeAt > MAX_SEAT_AGE_MS) discard.push({ seatId: seat.seatId, why: 'old' });
    else kept.push(seat);
  }
  const allotted = wishes && allot(wishes, room, situation.perBuild);
  const counts = new Map<string, number>();
  let all = 0;
  // The youngest are kept: they last longest.
  for (const seat of [...kept].sort((a, b) => b.madeAt - a.madeAt)) {
    const have = counts.get(seat.key) ?? 0;
    const fits = allotted ? have < (allotted.get(seat.key) ?? 0) : all < room;
    if (!fits) discard.push({ seatId: seat.seatId, why: 'room' });
    else {
      counts.set(seat.key, have + 1);
      all += 1;
    }
  }
  const make = [...(allotted ?? [])].flatMap(([key, count]) => (barred.has(key) ? [] : Array<string>(Math.max(0, count - (counts.get(key) ?? 0))).fill(key)));
  return { discard, make };
}

/**
 * How many seats each may have. What goes first gets all that it wants; then each of the others one, for the first seat of
 * a build is worth more than the second of another; then what is left.
 */
function allot(wishes: readonly Wanted[], room: number, perBuild: number): Map<string, number> {
  const seats = new Map<string, number>();
  let left = room;
  const give = ({ key, wanted }: Wanted, upTo: number): void => {
    const have = seats.get(key) ?? 0;
    const more = Math.max(0, Math.min(left, Math.min(wanted, perBuild, upTo) - have));
    if (more > 0) seats.set(key, have + more);
    left -= more;
  };
  for (const wish of wishes) if (wish.first) give(wish, wish.wanted);
  for (const wish of wishes) give(wish, 1);
  for (const wish of wishes) give(wish, wish.wanted);
  return seats;
}
