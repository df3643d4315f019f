/** Between two looks at what launches have written, where nothing says that it is urgent. */
export const SLOW_LOOK_MS = 20_000;
/** The disk has lost so much since the last look: somebody fills it. */
export const HASTE_BYTES = 256 * 1024 * 1024;

/** What is known when it is decided whether to look. */
export interface DiskSituation {
  sinceLookMs: number;
  /** Free bytes of the engine's disk now and at the last look; undefined where they cannot be seen from here. */
  free: number | undefined;
  freeAtLook: number | undefined;
}

/** Whether to ask the engine, which walks all that launches have written, by now. */
export function isTimeToLook({ sinceLookMs, free, freeAtLook }: DiskSituation): boolean {
  if (sinceLookMs >= SLOW_LOOK_MS) return true;
  return free !== undefined && freeAtLook !== undefined && freeAtLook - free >= HASTE_BYTES;
}
