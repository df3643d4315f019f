import type { LaunchStats } from '@osiris/contracts';
import type { SandboxUsage } from '@osiris/engine';

/** Usage at a moment of `performance.now()`: a clock that is set makes no app fast. */
export interface Sample extends SandboxUsage {
  atMs: number;
}

/** Of one CPU, between two samples: 150 is one and a half. Not negative, also where the counter began anew. */
export function cpuPercent(before: Sample, now: Sample): number {
  const elapsedMs = now.atMs - before.atMs;
  const usedMs = (now.cpuNanoseconds - before.cpuNanoseconds) / 1e6;
  if (elapsedMs <= 0 || usedMs <= 0) return 0;
  return Math.round((usedMs / elapsedMs) * 1_000) / 10;
}

/** Of whom the figures are, and what it may use. */
export type StatsOf = Pick<LaunchStats, 'appId' | 'launchId' | 'memoryLimitBytes' | 'cpuLimit'>;

/** @param at ISO 8601 */
export function launchStats(of: StatsOf, before: Sample, now: Sample, at: string): LaunchStats {
  return { ...of, at, memoryBytes: now.memoryBytes, cpuPercent: cpuPercent(before, now), pids: now.pids };
}
