import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * What a memory control group has counted of its limit being met.
 * https://docs.kernel.org/admin-guide/cgroup-v2.html (memory.events), https://docs.kernel.org/admin-guide/cgroup-v1/memory.html
 */
export interface MemoryCounts {
  /** Processes that were killed for want of memory. Version 1 counts those of the group itself, not of groups within it. */
  kills: number;
  /** How often the limit was met; it can be, without a kill, where caches could be given up. Version 1 alone. */
  hits: number;
}

/** @returns null where the group is not there or may not be read */
export async function memoryCounts(cgroup: string | undefined): Promise<MemoryCounts | null> {
  if (!cgroup) return null;
  const events = await textOf(join(cgroup, 'memory.events'));
  if (events !== null) return { kills: numberAfter(events, 'oom_kill'), hits: 0 };
  const [control, hits] = await Promise.all([textOf(join(cgroup, 'memory.oom_control')), textOf(join(cgroup, 'memory.failcnt'))]);
  if (hits === null) return null;
  return { kills: numberAfter(control ?? '', 'oom_kill'), hits: Number.parseInt(hits, 10) || 0 };
}

/** Whether memory ran out between two looks; null where one of them could not be had. */
export function ranOut(before: MemoryCounts | null, after: MemoryCounts | null): boolean | null {
  if (!before || !after) return null;
  return after.kills > before.kills || after.hits > before.hits;
}

/** Whether a step may have ended for want of memory: itself or a process of it was killed. `lastLines`: its output. */
export function looksKilled(exitCode: number | undefined, lastLines: readonly string[]): boolean {
  return exitCode === 137 || lastLines.slice(-20).some((line) => /\bkilled\b|\bSIGKILL\b|\bexit(ed)?( with)?( code| status)? 137\b|\bError 137\b/i.test(line));
}

async function textOf(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    return null;
  }
}

function numberAfter(text: string, name: string): number {
  return Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(text)?.[1] ?? 0);
}
