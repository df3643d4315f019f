import { readFileSync } from 'node:fs';

/** @typedef {{ pid: number, start: string | null }} ProcessMark A process, told apart from a later one with the same id. */

/**
 * @param {number} pid
 * @returns {string | null} when the process started, in clock ticks since boot; null where it is gone or the system has no /proc
 */
export function startOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the command in parentheses and may hold spaces: count from behind it.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? null : (fields[19] ?? null);
  } catch {
    return null;
  }
}

/** @param {number} pid @returns {ProcessMark} */
export function markOf(pid) {
  return { pid, start: startOf(pid) };
}

/** Whether this very process still lives. @param {ProcessMark} mark */
export function isSame(mark) {
  try {
    process.kill(mark.pid, 0);
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EPERM') return false;
  }
  return process.platform === 'linux' ? startOf(mark.pid) !== null && startOf(mark.pid) === mark.start : true;
}

/**
 * Resident memory of a process in bytes.
 * @param {number} pid
 * @returns {number | null}
 */
export function residentBytes(pid) {
  try {
    const kib = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kib ? Number(kib) * 1024 : null;
  } catch {
    return null;
  }
}
