/** `npm run dev`: the hub, rebuilding and restarting what changes. */
import { spawn } from 'node:child_process';
import { watch } from 'node:fs';
import { join, sep } from 'node:path';
import { build } from './launcher/build.mjs';
import { complain, fail, say, step } from './launcher/console.mjs';
import { checkNode } from './launcher/node-version.mjs';
import { root } from './launcher/paths.mjs';
import { runHub } from './launcher/run-hub.mjs';
import { services } from './launcher/services.mjs';

/** An editor writes a file in several steps: wait until it is still. */
const settleMs = 150;

/** @param {import('./launcher/hub.mjs').Hub} hub */
function rebuildOnChange(hub) {
  /** @type {Set<string>} */
  const changed = new Set();
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  let busy = Promise.resolve();
  const rebuild = async () => {
    const projects = [...changed];
    changed.clear();
    // A library is in every service that uses it; which those are, Nx knows, and its cache makes the rest free.
    const isLibrary = projects.some((path) => path.startsWith('libs'));
    const affected = isLibrary ? services.map(({ name }) => name) : projects.map((path) => path.split(sep)[1] ?? '');
    try {
      await step(`rebuild ${projects.join(', ')}`, () => build(isLibrary ? [] : affected));
      await Promise.all(affected.map((name) => hub.processes.get(name)?.replace()));
      say(`restarted ${affected.join(', ')}`);
    } catch (error) {
      fail(error instanceof Error ? error.message : String(error));
    }
  };
  for (const folder of ['apps', 'libs']) {
    watch(join(root, folder), { recursive: true }, (_, file) => {
      const [project, part] = (file ?? '').split(sep);
      // The web app has vite's own watch.
      if (!project || part !== 'src' || project === 'web' || file?.endsWith('.spec.ts')) return;
      changed.add(join(folder, project));
      clearTimeout(timer);
      timer = setTimeout(() => (busy = busy.then(() => (hub.stopping ? undefined : rebuild()))), settleMs);
    });
  }
}

function watchWeb() {
  const vite = spawn(process.execPath, [join(root, 'node_modules/.bin/vite'), 'build', '--watch', '--logLevel', 'warn'], { cwd: join(root, 'apps/web'), stdio: ['ignore', 'inherit', 'inherit'] });
  vite.on('error', (error) => fail(`vite: ${error.message}`));
  process.on('exit', () => vite.kill('SIGTERM'));
}

try {
  checkNode();
  await runHub(process.env, {
    verbose: process.argv.includes('--verbose'),
    onReady: (hub) => {
      rebuildOnChange(hub);
      watchWeb();
      say('watching apps/ and libs/');
    },
  });
} catch (error) {
  process.exit(complain(error));
}
