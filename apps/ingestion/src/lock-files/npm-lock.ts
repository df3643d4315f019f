import type { Dependency } from '../manifests/manifest';
import { at, isTable, type Table, tableOf, textOf } from '../manifests/parsed-value';
import { LockDraft, type LockFormat } from './lock-file';
import { parseLockJson } from './lock-json';

const MODULES = 'node_modules/';
/** Packages within each other's folders; nobody's have a tenth of it. */
const MAX_DEPTH = 60;

/** https://docs.npmjs.com/cli/configuring-npm/package-lock-json, versions 1 to 3; `npm-shrinkwrap.json` is the same. */
export const npmLock: LockFormat = {
  ecosystem: 'npm',
  matches: (name) => name === 'package-lock.json' || name === 'npm-shrinkwrap.json',
  parse(path, text) {
    const lock = new NpmLock(path);
    const root = parseLockJson(text, lock);
    if (isTable(at(root, 'packages'))) lock.take(tableOf(at(root, 'packages')));
    else lock.takeNested(tableOf(at(root, 'dependencies')), '', 0);
    return lock;
  },
};

/** Packages by the folders they are installed in: who asks for a package gets that of the nearest folder above. */
class NpmLock extends LockDraft {
  constructor(path: string) {
    super(path, 'npm');
  }

  take(packages: Table): void {
    for (const [folder, entry] of Object.entries(packages)) {
      // Without it, it is the project itself or a part of it; a link leads to such a part.
      const start = folder.lastIndexOf(MODULES);
      if (start !== -1 && at(entry, 'link') === true) this.part(folder.slice(start + MODULES.length));
      if (start === -1 || at(entry, 'link') === true) continue;
      const wanted = ['dependencies', 'optionalDependencies', 'peerDependencies'].flatMap((field) => Object.keys(tableOf(at(entry, field))));
      const present = (name: string): boolean => Object.hasOwn(packages, name);
      const dependsOn = wanted.map((name) => nearest(`${folder}/`, name, present)).filter((key) => key !== undefined);
      // An alias is installed under its own name, and says what it is.
      this.add(folder, textOf(at(entry, 'name')) ?? folder.slice(start + MODULES.length), textOf(at(entry, 'version')), { group: groupOf(entry), dependsOn });
    }
  }

  /** Version 1: each package holds those that are installed in its folder. */
  takeNested(dependencies: Table, within: string, depth: number): void {
    if (depth > MAX_DEPTH) return;
    for (const [name, entry] of Object.entries(dependencies)) {
      const folder = `${within}${MODULES}${name}`;
      const aliased = /^npm:((?:@[^/@]{1,200}\/)?[^/@]{1,200})@(.+)$/.exec(textOf(at(entry, 'version')) ?? '');
      this.add(folder, aliased?.[1] ?? name, aliased?.[2] ?? textOf(at(entry, 'version')), { group: groupOf(entry), dependsOn: Object.keys(tableOf(at(entry, 'requires'))).map((wanted) => `${folder}/?${wanted}`) });
      this.takeNested(tableOf(at(entry, 'dependencies')), `${folder}/`, depth + 1);
    }
    // What a package requires may be installed further down in the file.
    if (depth === 0) this.link((wanted) => this.installed(wanted));
  }

  override resolve({ from, name }: Dependency, folder: string): string | undefined {
    const here = folder.slice(this.path.lastIndexOf('/') + 1);
    // An alias is installed under the name that the manifest has for it.
    const alias = from.slice(from.indexOf('#') + 1).replace(/^\w+\./, '');
    const present = (key: string): boolean => this.packages.has(key);
    return nearest(here, alias, present) ?? nearest(here, name, present);
  }

  /** `<folder>/?<name>`: what could be looked for only once all folders were known. */
  private installed(wanted: string): string | undefined {
    const sign = wanted.lastIndexOf('/?');
    return nearest(wanted.slice(0, sign + 1), wanted.slice(sign + 2), (key) => this.packages.has(key));
  }
}

/** https://nodejs.org/api/modules.html#loading-from-node_modules-folders; `folder` with a trailing "/", empty for the root. */
function nearest(folder: string, name: string, present: (key: string) => boolean): string | undefined {
  let above = folder;
  for (let depth = 0; depth <= MAX_DEPTH; depth++) {
    const key = `${above}${MODULES}${name}`;
    if (present(key)) return key;
    if (above === '') return undefined;
    // One folder up; `node_modules` itself holds none.
    above = above.replace(/[^/]*\/$/, '').replace(/(^|\/)node_modules\/$/, '$1');
  }
  return undefined;
}

function groupOf(entry: unknown): Dependency['group'] {
  const is = (flag: string): boolean => at(entry, flag) === true;
  if (is('dev')) return 'dev';
  if (is('peer')) return 'peer';
  // `devOptional`: an optional one's, and a developer's.
  return is('optional') || is('devOptional') ? 'optional' : 'runtime';
}
