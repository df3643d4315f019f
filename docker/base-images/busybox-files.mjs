import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * What a recipe needs of the machine.
 * @typedef {{ run: typeof import('../../tools/launcher/commands.mjs').run, which: typeof import('../../tools/launcher/commands.mjs').which, scratch: string }} Tools
 * `scratch`: an empty folder that is removed once the image is made.
 */

/**
 * A busybox that runs without any library: the machine's own, else the one of Debian's package, unpacked and not installed.
 * @param {Tools} tools
 * @returns {Promise<string>} its path
 * @throws where neither is to be had
 */
export async function findBusybox({ run, which, scratch }) {
  const own = which('busybox');
  if (own && (await isStatic(own, run))) return own;
  const download = await run('apt-get', ['download', 'busybox-static'], { cwd: scratch, timeoutMs: 60_000 });
  const archive = readdirSync(scratch).find((name) => name.endsWith('.deb'));
  if (!archive) throw new Error(`no static busybox on this machine, and apt-get download busybox-static brought none: ${download.output.trim().split('\n').at(-1)}`);
  await run('dpkg-deb', ['-x', join(scratch, archive), scratch]);
  const unpacked = [join(scratch, 'bin/busybox'), join(scratch, 'usr/bin/busybox')].find((path) => existsSync(path));
  if (!unpacked) throw new Error(`${archive} holds no busybox`);
  return unpacked;
}

/** @param {string} path @param {Tools['run']} run */
async function isStatic(path, run) {
  return /not a dynamic executable|statically linked/.test((await run('ldd', [path])).output);
}

/**
 * The binary at /bin/busybox, with a link in /bin for every applet.
 * @param {string} binary
 * @param {Tools} tools
 * @returns {Promise<import('../../tools/launcher/tar.mjs').TarEntry[]>}
 */
export async function busyboxEntries(binary, { run }) {
  const { output } = await run(binary, ['--list']);
  // One applet is called busybox: a link of that name would replace the binary by a link to itself.
  const applets = [...new Set(output.split('\n').map((line) => line.trim()))].filter((name) => /^[\w.[+-]+$/.test(name) && name !== 'busybox');
  return [
    { type: 'folder', path: 'bin' },
    { type: 'file', path: 'bin/busybox', source: binary, mode: 0o755 },
    ...applets.map((name) => /** @type {const} */ ({ type: 'link', path: `bin/${name}`, target: 'busybox' })),
    { type: 'folder', path: 'usr' },
    { type: 'folder', path: 'usr/bin' },
    { type: 'link', path: 'usr/bin/env', target: '/bin/busybox' },
  ];
}
