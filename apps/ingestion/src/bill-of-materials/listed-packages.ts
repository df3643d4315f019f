import type { LockedPackage, LockFile } from '../lock-files/lock-file';
import type { Dependency, Ecosystem, Manifest } from '../manifests/manifest';
import { folderOf } from '../readers/app-folders';
import { exactVersion } from './exact-version';
import type { Gathering, Material, Scope } from './materials';
import { isVersion, packageUrl } from './package-url';
import { lockedScopes, scopeOf } from './locked-scopes';

/** A requirement that is a path: no package that somebody published. */
const LOCAL = /^(?:workspace|file|link|portal):|^\.{0,2}\//;
/** `https://ada:s3cret@host/…` in a requirement. */
const CREDENTIALS = /\/\/[^/\s]*@/g;

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
  for (const [lock, asked] of direct) addLocked(lock, asked, gathering);
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
  const requirement = exact === null && version !== null && origin !== 'platform' ? version.replace(CREDENTIALS, '//') : null;
  const found = origin === 'platform' ? platform(called, version, scopeOf(group)) : material(origin === 'conda' ? 'conda' : ecosystem, called, exact, scopeOf(group));
  const added = found && gathering.add(found, from, requirement);
  if (added) gathering.direct.add(added.ref);
}

function addLocked(lock: LockFile, asked: ReadonlyMap<string, Scope>, gathering: Gathering): void {
  const scopes = lockedScopes(lock, asked);
  const added = new Map<string, Material>();
  // What is asked for comes first, in case there is no room for all.
  for (const key of [...asked.keys(), ...lock.packages.keys()]) {
    if (added.has(key)) continue;
    const locked = lock.packages.get(key) as LockedPackage;
    const version = isVersion(locked.version) ? locked.version : null;
    const found = material(locked.ecosystem, locked.name, version, scopes.get(key));
    const one = found && gathering.add(found, lock.path, version === null ? locked.version.replace(CREDENTIALS, '//') : null);
    if (one) added.set(key, one);
    if (one && asked.has(key)) gathering.direct.add(one.ref);
  }
  for (const [key, { ref, dependsOn }] of added) {
    for (const wanted of lock.packages.get(key)?.dependsOn ?? []) {
      const other = added.get(wanted)?.ref;
      if (other !== undefined && other !== ref) dependsOn.add(other);
    }
  }
}

type Found = Parameters<Gathering['add']>[0];

function material(ecosystem: Ecosystem | 'conda', name: string, version: string | null, scope: Scope | undefined): Found | undefined {
  const purl = packageUrl(ecosystem, name, version);
  if (purl === undefined) return undefined;
  const end = ecosystem === 'maven' ? name.indexOf(':') : ecosystem === 'npm' || ecosystem === 'jsr' || ecosystem === 'composer' ? name.indexOf('/') : -1;
  return { ref: purl, kind: 'library', group: end === -1 ? null : name.slice(0, end), name: name.slice(end + 1), version, purl, scope };
}

/** A shared framework or SDK has no address: its vendor ships it with the runtime. */
function platform(name: string, version: string | null, scope: Scope): Found | undefined {
  if (packageUrl('nuget', name, null) === undefined) return undefined;
  const exact = isVersion(version) ? version : null;
  return { ref: `platform:${name}${exact === null ? '' : `@${exact}`}`, kind: 'framework', group: null, name, version: exact, purl: null, scope };
}

function stronger(a: Scope | undefined, b: Scope): Scope {
  const order: readonly Scope[] = ['required', 'optional', 'excluded'];
  return a !== undefined && order.indexOf(a) < order.indexOf(b) ? a : b;
}
