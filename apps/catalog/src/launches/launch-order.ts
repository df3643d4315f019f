/** A launch that waits for room. */
export interface WaitingLaunch {
  /** Grows with time: within an app, first come, first served. */
  readonly id: string;
  readonly appId: string;
  /** What it takes of the runners' capacity, which is counted in small launches. */
  readonly places: number;
}

/** In small launches. */
export interface Room {
  readonly total: number;
  readonly free: number;
}

/**
 * The order in which those that wait get room: the app with the fewest launches (those that run, and those before it
 * here) first, then who waits longest. So one app's fifty wait behind another's first, and nobody waits for ever.
 * @param underWay launches by app that have room already
 */
export function inTurn(waiting: readonly WaitingLaunch[], underWay: ReadonlyMap<string, number>): WaitingLaunch[] {
  const queues = new Map<string, { launches: number; waiting: WaitingLaunch[] }>();
  for (const launch of [...waiting].sort(byAge)) {
    const queue = queues.get(launch.appId) ?? { launches: underWay.get(launch.appId) ?? 0, waiting: [] };
    queue.waiting.push(launch);
    queues.set(launch.appId, queue);
  }
  const order: WaitingLaunch[] = [];
  while (order.length < waiting.length) {
    let next: { launches: number; waiting: WaitingLaunch[] } | undefined;
    for (const queue of queues.values()) if (queue.waiting[0] && (!next || goesFirst(queue, next))) next = queue;
    const launch = next?.waiting.shift();
    if (!next || !launch) break;
    next.launches += 1;
    order.push(launch);
  }
  return order;
}

/**
 * Who of them gets room now. The first that does not fit keeps those behind it waiting, also small ones that would:
 * otherwise a large one would never see four places free at once. One that is larger than all the room there is waits
 * aside, for a runner that is to come.
 */
export function admitted(order: readonly WaitingLaunch[], room: Room): WaitingLaunch[] {
  const going: WaitingLaunch[] = [];
  let { free } = room;
  for (const launch of order) {
    if (launch.places > room.total) continue;
    if (launch.places > free) break;
    free -= launch.places;
    going.push(launch);
  }
  return going;
}

const byAge = (a: WaitingLaunch, b: WaitingLaunch): number => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

function goesFirst(a: { launches: number; waiting: WaitingLaunch[] }, b: { launches: number; waiting: WaitingLaunch[] }): boolean {
  const [first, second] = [a.waiting[0], b.waiting[0]];
  if (!first || !second) return first !== undefined;
  return a.launches - b.launches < 0 || (a.launches === b.launches && byAge(first, second) < 0);
}
