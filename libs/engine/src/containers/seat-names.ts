import { sandboxName } from './sandbox-labels';

/**
 * Labels cannot change, names can: a seat's name tells how far it has come, also to a runner that was not there.
 * `osiris-<seatId>`: being made; `osiris-<seatId>.<port>`: answered on that port, and paused; `osiris-<launchId>`: handed to
 * that launch (`sandboxName`).
 */
export const readySeatName = (seatId: string, port: number): string => `${sandboxName(seatId)}.${port}`;

const READY = /^osiris-seat_[0-9a-z]+\.(\d{1,5})$/;
const HANDED = /^osiris-(lch_[0-9a-z]{10,40})$/;

/** The port on which a seat has answered; null for any other name. @param name without the engine's leading "/" */
export function readyPortOf(name: string): number | null {
  const port = Number(READY.exec(name)?.[1] ?? 0);
  return port >= 1 && port <= 65_535 ? port : null;
}

/** The launch that a container is, by its name. */
export const launchNamed = (name: string): string | undefined => HANDED.exec(name)?.[1];
