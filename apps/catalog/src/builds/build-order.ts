/** An app with builds that wait for their turn. */
export interface WaitingApp {
  readonly appId: string;
  /** Builds that wait. */
  readonly waiting: number;
  /** The oldest of them: within an app, first come, first built. */
  readonly firstId: string;
  /** Builds that are being built or whose job is out. */
  readonly running: number;
  /** Milliseconds since 1970 when a build of it was sent out last; null: none ever. */
  readonly lastDispatchedAt: number | null;
}

/**
 * Whose turn is before whose: the app with fewer builds under way, then the one whose last turn was longer ago (never is
 * the longest), then the one whose build waits longest. So a hundred builds of one app take a turn each time that
 * everybody else has had one, and the first of another app waits for none of them.
 */
export function compareTurns(a: WaitingApp, b: WaitingApp): number {
  return a.running - b.running || compareWithin(a, b);
}

function compareWithin(a: WaitingApp, b: WaitingApp): number {
  const lastTurn = ({ lastDispatchedAt }: WaitingApp): number => lastDispatchedAt ?? -1;
  return lastTurn(a) - lastTurn(b) || (a.firstId < b.firstId ? -1 : a.firstId > b.firstId ? 1 : 0);
}

/** Whose turn it is; null where nothing waits. */
export function nextApp(apps: readonly WaitingApp[]): WaitingApp | null {
  return apps.reduce<WaitingApp | null>((best, app) => (best === null || compareTurns(app, best) < 0 ? app : best), null);
}

/**
 * After how many others a build gets its turn, if nothing else happened meanwhile: none ends, none comes.
 *
 * With each turn an app's count of builds under way grows by one. So its k-th waiting build (from 0) has its turn in
 * round `running + k`, and a round goes through the apps that have arrived at it: those with more under way at the
 * beginning first, for they are new to it and had their last turn longer ago than those that came through the round
 * before. That is the order which `nextApp` gives when it is asked again and again, without asking it so often.
 *
 * @param earlier builds of the same app that wait before it
 * @returns from 0
 */
export function turnsBefore(apps: readonly WaitingApp[], own: WaitingApp, earlier: number): number {
  const round = own.running + earlier;
  let before = earlier;
  for (const other of apps) {
    if (other.appId === own.appId) continue;
    const earlierRounds = Math.min(other.waiting, Math.max(0, round - other.running));
    const inRound = other.running <= round && other.running + other.waiting > round;
    const first = other.running !== own.running ? other.running > own.running : compareWithin(other, own) < 0;
    before += earlierRounds + (inRound && first ? 1 : 0);
  }
  return before;
}
