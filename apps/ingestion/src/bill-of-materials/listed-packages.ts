import type { LockFile } from '../lock-files/lock-file';
import type { Dependency, Ecosystem, Manifest } from '../manifests/manifest';
import { folderOf } from '../readers/app-folders';
import { exactVersion } from './exact-version';
import { LockedMaterials } from './locked-materials';
import { scopeOf } from './locked-scopes';
import type { Gathering, Scope } from './materials';
import { type Found, packageMaterial, platformMaterial, withoutCredentials } from './package-material';

/** A requirement that is a path: no package that somebody published. */
const LOCAL = /^(?:workspace|file|link|portal):|^\.{0,2}\//;

/** Gathers what manifests list: in the version that a lock file chose, with all that it depends on; else as the manifest asks for it. */
export function gatherPackages(manifests: readonly Manifest[], locks: readonly LockFile[], gathering: Gathering): void {
  const direct = new Map<LockFile, Map<string, Scope>>(locks.map((lock) => [lock, new Map<string, Scope>()]));
  const unlocked: Dependency[] = [];
  for (const manifest of manifests) {
    const folder = folderOf(manifest.path);
    const governing = governingLocks(manifest.ecosystem, folder, locks);
    for (const dependency of manifest.dependencies) {
      if (LOCAL.test(dependency.version ?? '') || governing.some((lock) => lock.isPart(dependency.written ?? dependency.name))) continue;
      const found = resolved(dependency, folder, governing);
      const scopes = found && direct.get(found.lock);
      if (scopes) scopes.set(found.key, stronger(scopes.get(found.key), scopeOf(dependency.group)));
      else unlocked.push(dependency);
    }
  }
  for (const dependency of unlocked) addListed(dependency, gathering);
  const lockFiles = [...direct].map(([lock, asked]) => new LockedMaterials(lock, asked, gathering));
  // What is asked for comes first, in case there is no room for all.
  for (const locked of lockFiles) locked.addAsked();
  for (const locked of lockFiles) locked.addRest();
}

/** Lock files of the manifest's folder and those above, the nearest first: a workspace has one for all of its parts. */
function governingLocks(ecosystem: Ecosystem, folder: string, locks: readonly LockFile[]): LockFile[] {
  return locks
    .filter((lock) => folder.startsWith(folderOf(lock.path)) && [...lock.packages.values()].some((locked) => locked.ecosystem === ecosystem))
    .sort((a, b) => folderOf(b.path).length - folderOf(a.path).length);
}

function resolved(dependency: Dependency, folder: string, governing: readonly LockFile[]): { lock: LockFile; key: string } | undefined {
  if (dependency.origin !== undefined) return undefined;
  for (const lock of governing) {
    const key = lock.resolve(dependency, folder);
    if (key !== undefined && lock.packages.has(key)) return { lock, key };
  }
  return undefined;
}

function addListed(dependency: Dependency, gathering: Gathering): void {
  const { ecosystem, origin, written, name, version, group, from } = dependency;
  const exact = exactVersion(dependency);
  // A name that a manifest gives in its own spelling is that of the registry; PyPI's is the one without spelling.
  const called = written !== undefined && ecosystem !== 'pypi' && ecosystem !== 'composer' ? written : name;
  const requirement = exact === null && version !== null && origin !== 'platform' ? withoutCredentials(version) : null;
  const found: Found | undefined = origin === 'platform' ? platformMaterial(called, version, scopeOf(group)) : packageMaterial(origin === 'conda' ? 'conda' : ecosystem, called, exact, scopeOf(group));
  const added = found && gathering.add(found, from, requirement);
  if (added) gathering.direct.add(added.ref);
}

function stronger(a: Scope | undefined, b: Scope): Scope {
  const order: readonly Scope[] = ['required', 'optional', 'excluded'];
  return a !== undefined && order.indexOf(a) < order.indexOf(b) ? a : b;
}
