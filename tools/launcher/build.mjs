import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { run, tail } from './commands.mjs';
import { Complaint } from './console.mjs';
import { withLock } from './lock.mjs';
import { root } from './paths.mjs';

const nx = join(root, 'node_modules', '.bin', 'nx');

/**
 * Builds every project, or those named; what has not changed comes from Nx's cache.
 * @param {string[]} [projects]
 */
export async function build(projects = []) {
  const args = [nx, 'run-many', '-t', 'build', '--outputStyle=static', ...(projects.length > 0 ? ['-p', projects.join(',')] : [])];
  const result = await withLock(root, () => run(process.execPath, args, { cwd: root, env: nxEnv() }));
  if (result.code !== 0) throw new Complaint(`the build failed:\n${tail(result.output, 40)}`);
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
