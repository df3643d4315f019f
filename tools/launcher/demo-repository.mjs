import { cpSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './commands.mjs';
import { root } from './paths.mjs';

const source = join(root, 'tools', 'demo');

/** @returns {string[]} the demo apps that come with the checkout: folders with a Dockerfile */
export function demoNames() {
  if (!existsSync(source)) return [];
  return readdirSync(source, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(source, entry.name, 'Dockerfile')))
    .map((entry) => entry.name)
    .sort();
}

/** The same files make the same commit on every machine. */
const who = {
  GIT_AUTHOR_NAME: 'Osiris AppHub',
  GIT_AUTHOR_EMAIL: 'demo@osiris.invalid',
  GIT_AUTHOR_DATE: '2026-01-01T00:00:00Z',
  GIT_COMMITTER_NAME: 'Osiris AppHub',
  GIT_COMMITTER_EMAIL: 'demo@osiris.invalid',
  GIT_COMMITTER_DATE: '2026-01-01T00:00:00Z',
  // The person's own hooks, templates and signing are none of a demo's business.
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_SYSTEM: '/dev/null',
};

/**
 * Makes or refreshes a demo app's git repository.
 * @param {string} name
 * @param {string} folder under which it is made
 * @returns {Promise<{ path: string, changed: boolean }>} `changed`: it holds a new commit
 */
export async function makeDemoRepository(name, folder) {
  const path = join(folder, name);
  const git = async (/** @type {string[]} */ ...args) => {
    const result = await run('git', ['-C', path, ...args], { env: { ...process.env, ...who } });
    if (result.code !== 0) throw new Error(`git ${args[0]} in ${path}: ${result.output.trim()}`);
    return result.output;
  };
  mkdirSync(path, { recursive: true });
  for (const entry of readdirSync(path)) if (entry !== '.git') rmSync(join(path, entry), { recursive: true });
  cpSync(join(source, name), path, { recursive: true, filter: (from) => !/[/\\](node_modules|\.git)$/.test(from) });
  if (!existsSync(join(path, '.git'))) await git('init', '-q', '-b', 'main', '--template=');
  await git('add', '-A', '--force');
  if ((await git('status', '--porcelain')).trim() === '') return { path, changed: false };
  await git('commit', '-q', '-m', `${name}: a demo app of Osiris AppHub`);
  return { path, changed: true };
}
