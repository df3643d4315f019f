import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { isSame, markOf } from './liveness.mjs';

/**
 * Ends the server that an earlier guard left behind when it was killed itself: its port and files are needed again.
 * @param {string} pidFile
 * @param {string} command the program the file's process must be running; anything else has taken over the number
 */
export async function endLeftover(pidFile, command) {
  let pid;
  try {
    pid = Number(readFileSync(pidFile, 'utf8'));
    if (!(pid > 1) || !readFileSync(`/proc/${pid}/cmdline`, 'utf8').startsWith(command)) return;
  } catch {
    return; // no such file, or no such process
  }
  const mark = markOf(pid);
  for (const signal of /** @type {const} */ (['SIGTERM', 'SIGKILL'])) {
    if (!isSame(mark)) return;
    process.kill(pid, signal);
    for (let waited = 0; waited < 5000 && isSame(mark); waited += 50) await pause(50);
  }
}
