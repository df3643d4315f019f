import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { Complaint } from './console.mjs';
import { isSame, markOf } from './liveness.mjs';

/**
 * What runs, for the other commands and for the next start. One per OSIRIS_HOME.
 * @typedef {import('./liveness.mjs').ProcessMark} ProcessMark
 * @typedef {{ launcher: ProcessMark, state: 'starting' | 'ready', url: string, hubId?: string, dockerHost?: string, processes: Record<string, ProcessMark> }} RunState
 */

/** @param {import('./paths.mjs').HomePaths} paths @returns {RunState | undefined} what a launcher wrote, alive or not */
function read(paths) {
  try {
    return JSON.parse(readFileSync(paths.runFile, 'utf8'));
  } catch {
    return undefined;
  }
}

/** The hub that runs on this home now. @param {import('./paths.mjs').HomePaths} paths */
export function runningHub(paths) {
  const state = read(paths);
  return state && isSame(state.launcher) ? state : undefined;
}

/**
 * Takes the home for this launcher.
 * @param {import('./paths.mjs').HomePaths} paths
 * @param {string} url
 * @throws {Complaint} where another launcher has it
 */
export async function takeHome(paths, url) {
  mkdirSync(paths.run, { recursive: true });
  /** @type {RunState} */
  const state = { launcher: markOf(process.pid), state: 'starting', url, processes: {} };
  for (;;) {
    try {
      writeFileSync(paths.runFile, JSON.stringify(state), { flag: 'wx' });
      return;
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error;
    }
    const running = runningHub(paths);
    if (running) throw new Complaint(`this hub is running already at ${running.url} (process ${running.launcher.pid}, ${paths.home})`);
    await endOrphans(read(paths)?.processes ?? {});
    rmSync(paths.runFile, { force: true });
  }
}

/**
 * Processes of a launcher that was killed end by themselves within seconds; the next start must not meet them.
 * @param {Record<string, ProcessMark>} processes
 */
async function endOrphans(processes) {
  const alive = () => Object.values(processes).filter(isSame);
  for (let waited = 0; waited < 12_000 && alive().length > 0; waited += 100) await pause(100);
  for (const { pid } of alive()) process.kill(pid, 'SIGKILL');
}

/** @param {import('./paths.mjs').HomePaths} paths @param {Partial<RunState>} change */
export function updateRun(paths, change) {
  const state = read(paths);
  if (state && state.launcher.pid === process.pid) writeFileSync(paths.runFile, JSON.stringify({ ...state, ...change }));
}

/** @param {import('./paths.mjs').HomePaths} paths */
export function releaseHome(paths) {
  if (existsSync(paths.runFile) && read(paths)?.launcher.pid === process.pid) rmSync(paths.runFile, { force: true });
}
