import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { which } from './commands.mjs';
import { answers, waitForEngine } from './engine-api.mjs';
import { buildsCgroup, cgroupParent } from './engine-cgroup.mjs';
import { asRoot, installMissing, systemParts } from './system-parts.mjs';

/**
 * How the hub comes to a container engine.
 * - `found`: one answers already, at DOCKER_HOST or at a usual socket;
 * - `own`: the launcher starts one (`command` and `args` run engine-guard.mjs), whose builds run in the control group of
 *   memory `buildsCgroup`;
 * - `none`: the hub runs without; services are given `host`, where one may appear later.
 * @typedef {{ kind: 'found', host: string } | { kind: 'own', host: string, command: string, args: string[], buildsCgroup?: string } | { kind: 'none', host: string, reason: string }} EnginePlan
 */

const usualSocket = '/var/run/docker.sock';

/** @param {NodeJS.ProcessEnv} env */
function usualHosts(env) {
  const home = env.HOME ?? '/root';
  return [usualSocket, env.XDG_RUNTIME_DIR && join(env.XDG_RUNTIME_DIR, 'docker.sock'), join(home, '.docker/run/docker.sock')]
    .filter((path) => path && existsSync(path))
    .map((path) => `unix://${path}`);
}

/**
 * The engine that answers now, where there is one; whether a hub is to use it (OSIRIS_ENGINE) is another question.
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<string | undefined>}
 */
export async function answeringEngine(env) {
  for (const host of env.DOCKER_HOST ? [env.DOCKER_HOST] : usualHosts(env)) if (await answers(host)) return host;
  return undefined;
}

/**
 * Decides where containers will run; installs an engine where none answers and the machine allows it.
 * `OSIRIS_ENGINE`: `auto` (default), `own` (start one even where another answers), `none` (run without).
 * @param {NodeJS.ProcessEnv} env
 * @param {import('./paths.mjs').HomePaths} paths
 * @param {string} hubId
 * @returns {Promise<EnginePlan>}
 */
export async function planEngine(env, paths, hubId) {
  const ownHost = `unix://${join(paths.engineRun, 'docker.sock')}`;
  if (env.OSIRIS_ENGINE === 'none') return { kind: 'none', host: env.DOCKER_HOST || ownHost, reason: 'OSIRIS_ENGINE=none' };
  const found = env.OSIRIS_ENGINE === 'own' ? undefined : await answeringEngine(env);
  if (found) return { kind: 'found', host: found };
  // An address that someone set is where containers are wanted: another engine in its place would be a surprise.
  if (env.DOCKER_HOST && env.OSIRIS_ENGINE !== 'own') return { kind: 'none', host: env.DOCKER_HOST, reason: `no engine answers at DOCKER_HOST=${env.DOCKER_HOST}` };
  const fallback = `unix://${usualSocket}`;
  if (process.platform !== 'linux') return { kind: 'none', host: fallback, reason: 'install and start Docker' };
  const [missing] = await installMissing([systemParts.engine]);
  if (missing) return { kind: 'none', host: fallback, reason: `install ${systemParts.engine.packages.join(' ')}` };
  // Under systemd the package has just started the machine's engine.
  if (env.OSIRIS_ENGINE !== 'own' && existsSync('/run/systemd/system') && existsSync(usualSocket) && (await waitForEngine(fallback, 10_000))) return { kind: 'found', host: fallback };
  const root = await asRoot();
  if (!root) return { kind: 'none', host: fallback, reason: 'start the docker service (starting an engine needs root, or a sudo that asks no password)' };
  const parent = cgroupParent(paths.short);
  return { kind: 'own', host: ownHost, ...ownEngine(root, paths, hubId, env), ...(parent ? { buildsCgroup: buildsCgroup(parent) } : {}) };
}

/**
 * What all builds together may hold: BUILD_MEMORY_BYTES (the build service's default: 2 GiB) for each that runs at once.
 * @param {NodeJS.ProcessEnv} env
 */
const buildMemoryBytes = (env) => Number(env.BUILD_MEMORY_BYTES || 2 * 1024 ** 3) * Number(env.BUILD_CONCURRENCY || 1);

/**
 * @param {string[]} before
 * @param {import('./paths.mjs').HomePaths} paths
 * @param {string} hubId
 * @param {NodeJS.ProcessEnv} env
 */
function ownEngine(before, paths, hubId, env) {
  mkdirSync(paths.engine, { recursive: true });
  const spec = {
    short: paths.short,
    hubId,
    dataRoot: paths.engine,
    runFolder: paths.engineRun,
    // The engine's socket belongs to the one who started the hub, not to all of the group docker.
    group: String(process.getgid?.() ?? 0),
    storageDriver: env.OSIRIS_ENGINE_STORAGE || 'overlay2',
    dockerd: which('dockerd') ?? 'dockerd',
    buildMemoryBytes: buildMemoryBytes(env),
  };
  const [command = '', ...args] = [...before, process.execPath, fileURLToPath(new URL('engine-guard.mjs', import.meta.url)), JSON.stringify(spec)];
  return { command, args };
}
