import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Tells this hub's containers, networks and images from another hub's on the same engine. Made once.
 * @param {import('./paths.mjs').HomePaths} paths
 * @returns {string}
 */
export function hubId(paths) {
  return kept(paths.hubId, () => randomBytes(5).toString('hex'));
}

/**
 * The key that signs previews and object URLs. Made once, readable by its owner alone.
 * @param {import('./paths.mjs').HomePaths} paths
 * @returns {string}
 */
export function signingKeys(paths) {
  return keptKey(paths, 'signing-keys');
}

/**
 * What the services show the hub's own nats-server: job messages hold credentials for git and the environment of
 * launches, and loopback is open to every user of the machine. Made once, readable by its owner alone.
 * @param {import('./paths.mjs').HomePaths} paths
 */
export function natsCredentials(paths) {
  return { user: 'osiris', password: keptKey(paths, 'nats-password') };
}

/** @param {import('./paths.mjs').HomePaths} paths @param {string} name */
function keptKey(paths, name) {
  mkdirSync(paths.keys, { recursive: true, mode: 0o700 });
  chmodSync(paths.keys, 0o700);
  return kept(join(paths.keys, name), () => randomBytes(32).toString('base64url'));
}

/** @param {string} path @param {() => string} make */
function kept(path, make) {
  if (existsSync(path)) return readFileSync(path, 'utf8').trim();
  const value = make();
  writeFileSync(path, `${value}\n`, { mode: 0o600 });
  return value;
}
