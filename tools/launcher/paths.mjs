import { createHash } from 'node:crypto';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/**
 * Where a hub keeps its state. Every name that `npm run reset` may remove is here.
 * @param {NodeJS.ProcessEnv} [env]
 */
export function homePaths(env = process.env) {
  const home = resolve(root, env.OSIRIS_HOME || '.osiris');
  // Two hubs on one machine differ by their folder, so what is machine-wide (a bridge, a folder under /run) is named by it.
  const short = createHash('sha256').update(home).digest('hex').slice(0, 6);
  return {
    home,
    short,
    keys: join(home, 'keys'),
    hubId: join(home, 'hub-id'),
    nats: join(home, 'nats'),
    logs: join(home, 'logs'),
    demo: join(home, 'demo'),
    seeded: join(home, 'demo', '.seeded'),
    run: join(home, 'run'),
    runFile: join(home, 'run', 'hub.json'),
    engine: join(home, 'engine'),
    // Unix socket paths end at 107 bytes, and containerd's lies deep below this: it can't be under a home of any length.
    engineRun: `/run/osiris-${short}`,
  };
}

/** @typedef {ReturnType<typeof homePaths>} HomePaths */
