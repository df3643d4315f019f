import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { busyboxEntries, findBusybox } from './busybox-files.mjs';

/** @typedef {import('../../tools/launcher/tar.mjs').TarEntry} TarEntry */

const certificates = '/etc/ssl/certs/ca-certificates.crt';

/**
 * Stands in for `node:20-slim`: this machine's own Node (whatever its version) with the libraries it is linked with, its
 * npm, busybox for the shell, the machine's certificates, and the `node` user (1000) that the official image has.
 */
export const nodeSlim = {
  reference: 'node:20-slim',
  /** @param {import('./busybox-files.mjs').Tools} tools */
  async files(tools) {
    const shell = await busyboxEntries(await findBusybox(tools), tools);
    const libraries = await linkedLibraries(process.execPath, tools.run);
    const npm = npmEntries();
    const trusted = existsSync(certificates);
    return {
      entries: [
        ...shell,
        ...libraries,
        ...['usr/local', 'usr/local/bin', 'usr/local/lib', 'usr/local/lib/node_modules'].map((path) => folder(path)),
        /** @type {const} */ ({ type: 'file', path: 'usr/local/bin/node', source: realpathSync(process.execPath), mode: 0o755 }),
        /** @type {const} */ ({ type: 'link', path: 'usr/local/bin/nodejs', target: 'node' }),
        ...npm,
        ...systemFiles(),
        ...(trusted ? [folder('etc/ssl'), folder('etc/ssl/certs'), /** @type {const} */ ({ type: 'file', path: certificates.slice(1), source: realpathSync(certificates) })] : []),
      ],
      config: [
        'ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
        `ENV NODE_VERSION=${process.versions.node}`,
        // Without the machine's own certificates an `npm install` behind an intercepting proxy hangs for 40 s.
        ...(trusted ? [`ENV NODE_EXTRA_CA_CERTS=${certificates}`, `ENV SSL_CERT_FILE=${certificates}`] : []),
        'CMD ["node"]',
      ],
    };
  },
};

/** @param {string} path @returns {TarEntry} */
const folder = (path, mode = 0o755) => ({ type: 'folder', path, mode });

/** @returns {TarEntry[]} */
function systemFiles() {
  return [
    folder('etc'),
    { type: 'text', path: 'etc/passwd', text: 'root:x:0:0:root:/root:/bin/sh\nnode:x:1000:1000::/home/node:/bin/sh\nnobody:x:65534:65534:nobody:/nonexistent:/bin/false\n' },
    { type: 'text', path: 'etc/group', text: 'root:x:0:\nnode:x:1000:\nnogroup:x:65534:\n' },
    { type: 'text', path: 'etc/nsswitch.conf', text: 'passwd: files\ngroup: files\nhosts: files dns\n' },
    folder('home'),
    { type: 'folder', path: 'home/node', uid: 1000 },
    folder('root', 0o700),
    folder('tmp', 0o1777),
    folder('var'),
    folder('var/tmp', 0o1777),
  ];
}

/**
 * The libraries that the loader would take, at the paths where it looks for them.
 * @param {string} binary
 * @param {import('./busybox-files.mjs').Tools['run']} run
 * @returns {Promise<TarEntry[]>}
 */
async function linkedLibraries(binary, run) {
  const { output } = await run('ldd', [binary]);
  if (/=> not found/.test(output)) throw new Error(`this machine's node lacks a library: ${output.trim()}`);
  const paths = [...output.matchAll(/(\/\S+) \(0x/g)].map((match) => match[1] ?? '');
  const folders = [...new Set(paths.flatMap((path) => parents(path)))].sort();
  return [...folders.map((path) => folder(path)), ...paths.map((path) => /** @type {const} */ ({ type: 'file', path: path.slice(1), source: realpathSync(path), mode: 0o755 }))];
}

/** Every folder above a path, outermost first, without the slash in front. @param {string} path */
function parents(path) {
  const parts = dirname(path).split('/').filter(Boolean);
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}

/** npm as it lies on this machine; absent where it can't be found. @returns {TarEntry[]} */
function npmEntries() {
  const candidates = [process.env.npm_execpath && dirname(dirname(process.env.npm_execpath)), join(dirname(process.execPath), '../lib/node_modules/npm')];
  const source = candidates.find((path) => path && existsSync(join(path, 'bin/npm-cli.js')));
  if (!source) return [];
  const target = 'usr/local/lib/node_modules/npm';
  /** @type {TarEntry[]} */
  const entries = [folder(target)];
  for (const item of readdirSync(source, { recursive: true, withFileTypes: true })) {
    const path = join(item.parentPath, item.name);
    const inside = relative(source, path);
    // Manuals and the like: a fifth of npm's files, of no use in an image.
    if (/^(docs|man)(\/|$)/.test(inside)) continue;
    if (item.isDirectory()) entries.push(folder(join(target, inside)));
    else if (item.isFile()) entries.push({ type: 'file', path: join(target, inside), source: path, mode: /^bin\//.test(inside) ? 0o755 : 0o644 });
  }
  return [
    ...entries,
    { type: 'link', path: 'usr/local/bin/npm', target: '../lib/node_modules/npm/bin/npm-cli.js' },
    { type: 'link', path: 'usr/local/bin/npx', target: '../lib/node_modules/npm/bin/npx-cli.js' },
  ];
}
