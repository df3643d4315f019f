import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run, tail } from './commands.mjs';
import { Complaint } from './console.mjs';
import { withLock } from './lock.mjs';
import { root } from './paths.mjs';

const nx = join(root, 'node_modules', '.bin', 'nx');

const stampFile = join(root, '.nx', 'launcher-built');

/**
 * What a build depends on, by size and time: Nx takes seconds to find out by content that nothing has changed.
 */
function stamp() {
  const hash = createHash('sha256').update(process.version);
  const add = (/** @type {string} */ path) => {
    const { size, mtimeMs } = statSync(path);
    hash.update(`${path} ${size} ${mtimeMs}\n`);
  };
  for (const name of ['.swcrc', 'nx.json', 'package-lock.json', 'tsconfig.base.json']) if (existsSync(join(root, name))) add(join(root, name));
  const walk = (/** @type {string} */ folder) => {
    for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
      if (['dist', 'node_modules', 'medium'].includes(entry.name)) continue;
      if (entry.isDirectory()) walk(join(folder, entry.name));
      else add(join(folder, entry.name));
    }
  };
  for (const folder of ['apps', 'libs']) walk(join(root, folder));
  return hash.digest('hex');
}

/** Whether the last build was of just these sources and what it made is still there. */
function isUpToDate() {
  if (!existsSync(stampFile) || readFileSync(stampFile, 'utf8') !== stamp()) return false;
  return ['apps', 'libs'].every((folder) =>
    readdirSync(join(root, folder)).every((name) => !existsSync(join(root, folder, name, 'project.json')) || existsSync(join(root, folder, name, 'dist')) || !existsSync(join(root, folder, name, 'src'))),
  );
}

/**
 * Builds every project, or those named; what has not changed comes from Nx's cache.
 * @param {string[]} [projects]
 */
export async function build(projects = []) {
  const all = projects.length === 0;
  if (all && isUpToDate()) return;
  const before = stamp();
  const args = [nx, 'run-many', '-t', 'build', '--outputStyle=static', ...(projects.length > 0 ? ['-p', projects.join(',')] : [])];
  const result = await withLock(root, () => run(process.execPath, args, { cwd: root, env: nxEnv() }));
  if (result.code !== 0) throw new Complaint(`the build failed:\n${tail(result.output, 40)}`);
  // A file that was saved meanwhile may have been built or not: the stamp of before makes the next start look again.
  if (all) writeFileSync(stampFile, before);
}

export function nxEnv() {
  return { ...process.env, NX_DAEMON: 'false', NX_NO_CLOUD: 'true', NX_TUI: 'false', NX_INTERACTIVE: 'false', FORCE_COLOR: '0' };
}

/** @param {string} service */
export function entryPoint(service) {
  return join(root, 'apps', service, 'dist', 'main.js');
}

/** @param {string} service */
export function isBuilt(service) {
  return existsSync(entryPoint(service));
}
