import type { Alias, Dependency, Manifest, Reference } from './manifest';
import { MAX_DEPENDENCIES } from './manifest-draft';
import { catalogEntry } from './npm-catalogs';
import { packageName } from './package-names';

/** A bundle names aliases, which name packages. */
const MAX_STEPS = 2;

/**
 * What manifests of one app say together: names of a version catalogue become packages, and a dependency without a version
 * gets the one that another manifest, or a bill of materials, lays down for it.
 */
export function resolveManifests(manifests: readonly Manifest[]): readonly Manifest[] {
  const aliases = new Map(manifests.flatMap(({ aliases: all = [] }) => all).map((alias) => [alias.name, alias]));
  const expanded = manifests.map((manifest) => withReferences(manifest, aliases));
  const managed = new Map<string, string>();
  for (const { managed: all = [] } of expanded) for (const { ecosystem, name, version } of all) if (version !== null && !managed.has(`${ecosystem}:${name}`)) managed.set(`${ecosystem}:${name}`, version);
  if (managed.size === 0) return expanded;
  return expanded.map((manifest) => ({ ...manifest, dependencies: manifest.dependencies.map((dependency) => withVersion(dependency, managed)) }));
}

function withReferences(manifest: Manifest, aliases: ReadonlyMap<string, Alias>): Manifest {
  const { references = [], dependencies, managed = [] } = manifest;
  if (references.length === 0 || aliases.size === 0) return manifest;
  const all = [...dependencies];
  const laidDown = [...managed];
  for (const reference of references) {
    for (const dependency of packagesOf(reference, aliases)) {
      if (all.length >= MAX_DEPENDENCIES) break;
      all.push(dependency);
      const group = dependency.name.slice(0, dependency.name.indexOf(':'));
      // A plugin's or a platform's version is that of its group.
      if (reference.platform || dependency.name.endsWith('.gradle.plugin')) laidDown.push({ ...dependency, name: `${group.replace(/\.plugin$/, '')}:*` });
    }
  }
  return { ...manifest, dependencies: all, managed: laidDown };
}

function packagesOf({ alias, group, from, platform }: Reference, aliases: ReadonlyMap<string, Alias>, step = 0): Dependency[] {
  const known = aliases.get(alias);
  if (!known || step >= MAX_STEPS) return [];
  return known.members.flatMap((member) => {
    if (member.startsWith('libs.')) return packagesOf({ alias: member, group, from, platform }, aliases, step + 1);
    const name = packageName('maven', member);
    return name === undefined ? [] : [{ ecosystem: 'maven' as const, name, version: known.version, group: platform ? ('dev' as const) : group, from }];
  });
}

function withVersion(dependency: Dependency, managed: ReadonlyMap<string, string>): Dependency {
  if (dependency.ecosystem === 'npm') {
    const entry = catalogEntry(dependency.name, dependency.version);
    const version = entry === undefined ? undefined : managed.get(`npm:${entry}`);
    return version === undefined ? dependency : { ...dependency, version };
  }
  if (dependency.version !== null) return dependency;
  const version = managed.get(`${dependency.ecosystem}:${dependency.name}`) ?? (dependency.ecosystem === 'maven' ? versionOfGroup(dependency.name, managed) : undefined);
  return version === undefined ? dependency : { ...dependency, version };
}

/** A bill of materials serves its own group, and that which it is the platform of: `io.quarkus.platform` serves `io.quarkus`. */
function versionOfGroup(name: string, managed: ReadonlyMap<string, string>): string | undefined {
  const group = name.slice(0, name.indexOf(':'));
  return managed.get(`maven:${group}:*`) ?? managed.get(`maven:${group}.platform:*`);
}
