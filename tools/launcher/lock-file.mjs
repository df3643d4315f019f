/**
 * @typedef {{ version?: string, optional?: boolean, dev?: boolean, os?: string[], cpu?: string[], libc?: string[],
 *   optionalDependencies?: Record<string, string>, peerDependenciesMeta?: Record<string, { optional?: boolean }> }} LockEntry
 */

const systems = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32'];
const processors = ['arm64', 'arm', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'x64', 'wasm32'];

/**
 * What a package's name says about the platform it is for (`@swc/core-linux-arm64-gnu`), so that npm skips it elsewhere.
 * @param {string} name
 * @returns {Pick<LockEntry, 'os' | 'cpu' | 'libc'>}
 */
export function platformOf(name) {
  const words = name.split(/[-/]/);
  const os = systems.find((system) => words.includes(system)) ?? (name === 'fsevents' ? 'darwin' : undefined);
  const cpu = processors.find((processor) => words.includes(processor));
  const libc = words.some((word) => word.startsWith('musl')) ? 'musl' : words.some((word) => word.startsWith('gnu')) ? 'glibc' : undefined;
  return { ...(os ? { os: [os] } : {}), ...(cpu ? { cpu: [cpu] } : {}), ...(libc && cpu !== 'arm' ? { libc: [libc] } : {}) };
}

/**
 * Optional dependencies that the lock names but does not hold.
 * @param {Record<string, LockEntry>} packages `packages` of package-lock.json
 * @returns {[path: string, entry: LockEntry][]} the entries to add
 */
export function missingOptional(packages) {
  /** @type {Map<string, LockEntry>} */
  const missing = new Map();
  for (const [path, entry] of Object.entries(packages)) {
    for (const [name, range] of Object.entries(entry.optionalDependencies ?? {})) {
      if (resolves(path, name, packages)) continue;
      const version = /\d+\.\d+\.\d+\S*/.exec(range)?.[0];
      // A package of no platform in particular is left to npm: it may run here.
      const platform = platformOf(name);
      if (!version || Object.keys(platform).length === 0) continue;
      missing.set(`node_modules/${name}`, { version, ...platform, ...(entry.dev ? { dev: true } : {}), optional: true });
    }
  }
  return [...missing];
}

/** Node's own look-up: the package's folder, then each one above. @param {string} from @param {string} name @param {Record<string, LockEntry>} packages */
function resolves(from, name, packages) {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    if (`${folder ? `${folder}/` : ''}node_modules/${name}` in packages) return true;
    if (!folder.includes('/node_modules/')) return `node_modules/${name}` in packages;
  }
}
