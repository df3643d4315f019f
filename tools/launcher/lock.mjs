import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isSame, startOf } from './liveness.mjs';

const pause = (/** @type {number} */ ms) => new Promise((done) => setTimeout(done, ms));

/**
 * Runs `work` while no other launcher on this checkout does: two hubs may start from one checkout at once, and must not
 * install or build over each other.
 * @template T
 * @param {string} checkout
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(checkout, work) {
  const folder = join(checkout, '.nx');
  const path = join(folder, 'launcher.lock');
  mkdirSync(folder, { recursive: true });
  for (;;) {
    try {
      writeFileSync(path, JSON.stringify({ pid: process.pid, start: startOf(process.pid) }), { flag: 'wx' });
      break;
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error;
      if (isStale(path)) rmSync(path, { force: true });
      else await pause(200);
    }
  }
  try {
    return await work();
  } finally {
    rmSync(path, { force: true });
  }
}

/** @param {string} path */
function isStale(path) {
  try {
    return !isSame(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    // Removed just now (look again), being written just now (wait), or left half-written by a machine that went down.
    const age = Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
    return age > 5000;
  }
}
