import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run, tail } from './commands.mjs';
import { Complaint, say, step } from './console.mjs';
import { root } from './paths.mjs';
import { withLock } from './lock.mjs';

const marker = join(root, 'node_modules', '.osiris-lock');

/** What the installed modules depend on besides the lock: native binaries differ by platform. */
function fingerprint() {
  return createHash('sha256').update(readFileSync(join(root, 'package-lock.json'))).update(`${process.platform}-${process.arch}`).digest('hex');
}

/**
 * Whether a tree that someone installed by hand already is what the lock says.
 * @param {{ packages?: Record<string, { version?: string, optional?: boolean, devOptional?: boolean, link?: boolean }> }} lock package-lock.json
 * @param {{ packages?: Record<string, { version?: string }> }} installed node_modules/.package-lock.json
 */
export function satisfies(lock, installed) {
  const has = installed.packages ?? {};
  return Object.entries(lock.packages ?? {}).every(([path, entry]) => {
    if (!path.startsWith('node_modules/') && !path.includes('/node_modules/')) return true; // a workspace, linked
    if (entry.link) return path in has;
    const found = has[path];
    return found ? found.version === entry.version : Boolean(entry.optional || entry.devOptional);
  });
}

function isInstalled() {
  if (existsSync(marker)) return readFileSync(marker, 'utf8') === fingerprint();
  const hidden = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(hidden)) return false;
  const same = satisfies(JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')), JSON.parse(readFileSync(hidden, 'utf8')));
  if (same) writeFileSync(marker, fingerprint());
  return same;
}

/** Runs `npm ci` where node_modules is missing or is not what package-lock.json says. */
export async function installDependencies() {
  if (isInstalled()) return;
  await withLock(root, async () => {
    if (isInstalled()) return;
    const result = await step('npm ci', async (note) => {
      const cli = process.env.npm_execpath;
      const [command, ...first] = cli?.endsWith('npm-cli.js') ? [process.execPath, cli] : ['npm'];
      note('downloads the dependencies');
      const args = [...first, 'ci', '--no-audit', '--no-fund', '--loglevel=warn', '--progress=false'];
      const result = await run(command ?? 'npm', args, { cwd: root, env: { ...process.env, NODE_ENV: 'development' } });
      if (result.code !== 0) throw new Complaint(`npm ci failed (${result.signal ?? `exit ${result.code}`}); without the dependencies nothing runs:\n${tail(result.output, 30)}`);
      return result;
    });
    for (const line of result.output.split('\n')) if (/npm (warn|error)/i.test(line)) say(line);
    writeFileSync(marker, fingerprint());
  });
}
