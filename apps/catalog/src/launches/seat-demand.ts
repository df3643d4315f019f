/** What the demand for apps is known by. */
export interface SeatInterest {
  /** Apps that a curator wants warm. */
  pinned: readonly string[];
  /** Of the last day; times are milliseconds since 1970. */
  launches: readonly { appId: string; at: number }[];
  /** Apps that could be launched, those to begin with first. */
  rest: readonly string[];
}

export interface SeatDemand {
  appId: string;
  wanted: number;
  pinned: boolean;
}

export const DEMAND_WINDOW_MS = 86_400_000;
/** A launch of an hour ago says half as much of the next one as one of now. */
const HALF_LIFE_MS = 3_600_000;
const PINNED_SEATS = 2;
const MOST_SEATS = 8;

/**
 * Apps that seats are wanted of: those that are pinned, then those launched of late, the more and the later the better, then
 * the others while there are fewer than `most`. How many of them there is memory for is the runner's to say.
 */
export function seatDemand({ pinned, launches, rest }: SeatInterest, now: number, most: number): SeatDemand[] {
  const heat = new Map<string, number>();
  for (const { appId, at } of launches) heat.set(appId, (heat.get(appId) ?? 0) + 0.5 ** (Math.max(0, now - at) / HALF_LIFE_MS));
  const hot = [...heat].sort(([oneId, one], [otherId, other]) => other - one || (oneId < otherId ? -1 : 1)).map(([appId]) => appId);
  const isPinned = new Set(pinned);
  const byHeat = [...pinned].sort((one, other) => (heat.get(other) ?? 0) - (heat.get(one) ?? 0));
  return [...new Set([...byHeat, ...hot, ...rest])].slice(0, most).map((appId) => {
    const recent = Math.min(MOST_SEATS, 1 + Math.round(heat.get(appId) ?? 0));
    return { appId, pinned: isPinned.has(appId), wanted: isPinned.has(appId) ? Math.max(PINNED_SEATS, recent) : recent };
  });
}
