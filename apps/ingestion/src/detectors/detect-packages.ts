import type { Dependency, Manifest } from '../manifests/manifest';
import { isMainFolder, folderOf } from '../readers/app-folders';
import type { PackageName } from './detector';
import { push } from './detect-paths';

/** A dependency, and the manifest that names it. */
export interface NamedDependency {
  dependency: Dependency;
  manifest: Manifest;
}

/** The packages that an app's manifests name. */
export class AppPackages {
  private readonly byName = new Map<string, NamedDependency[]>();
  private readonly manifestsByName = new Map<string, Manifest[]>();
  private sortedNames: string[] | undefined;

  constructor(
    private readonly manifests: readonly Manifest[],
    private readonly dockerfilePath: string,
  ) {
    for (const manifest of manifests) {
      if (manifest.name !== null) push(this.manifestsByName, `${manifest.ecosystem}:${manifest.name}`, manifest);
      for (const dependency of manifest.dependencies) push(this.byName, `${dependency.ecosystem}:${dependency.name}`, { dependency, manifest });
    }
  }

  /**
   * Every naming of the package, those of the app's main folders first. `dev`: those for development alone, too. A library
   * that expects it of whoever uses it is not made with it, even where it is developed with it.
   */
  named(name: PackageName, dev: boolean): NamedDependency[] {
    const all = this.matching(name);
    const expecting = new Set(all.flatMap(({ dependency, manifest }) => (dependency.group === 'peer' ? [manifest] : [])));
    const fitting = all.filter(({ dependency: { group }, manifest }) => (group === 'dev' ? dev && !expecting.has(manifest) : group !== 'peer'));
    return [...fitting.filter((one) => this.isMain(one)), ...fitting.filter((one) => !this.isMain(one))];
  }

  isMain({ manifest }: NamedDependency): boolean {
    return isMainFolder(folderOf(manifest.path), this.dockerfilePath);
  }

  /**
   * The manifests whose packages serve an app that names one of `packages`: its own, those of the folders above (a workspace
   * keeps there what its members have in common), and those of the workspace's members that it depends on.
   */
  serving(packages: readonly PackageName[]): Set<Manifest> {
    const reached = new Set(packages.flatMap((name) => this.named(name, true).map(({ manifest }) => manifest)));
    const folders = new Set([...reached].flatMap(({ path }) => foldersAbove(path)));
    // A set gives what is added while it is gone through, too.
    for (const { dependencies } of reached) {
      for (const { ecosystem, name } of dependencies) for (const member of this.manifestsByName.get(`${ecosystem}:${name}`) ?? []) reached.add(member);
    }
    for (const manifest of this.manifests) if (folders.has(folderOf(manifest.path))) reached.add(manifest);
    return reached;
  }

  private matching(name: PackageName): NamedDependency[] {
    if (!name.endsWith('*')) return this.byName.get(name) ?? [];
    const start = name.slice(0, -1);
    const names = (this.sortedNames ??= [...this.byName.keys()].sort());
    const found: NamedDependency[] = [];
    for (let index = firstNotBefore(names, start); names[index]?.startsWith(start); index++) found.push(...(this.byName.get(names[index] ?? '') ?? []));
    return found;
  }
}

/** Index of the first of the sorted names that does not come before `start`. */
function firstNotBefore(names: readonly string[], start: string): number {
  let low = 0;
  let high = names.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((names[middle] ?? '') < start) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The folder of the path and every one above it; `['a/b/', 'a/', '']` of `a/b/c`. */
function foldersAbove(path: string): string[] {
  const folders = [folderOf(path)];
  for (let folder = folders[0] ?? ''; folder !== ''; ) {
    folder = folderOf(folder.slice(0, -1));
    folders.push(folder);
  }
  return folders;
}
