import type { Dependency, Manifest } from './manifest';

/** Gives dependencies without a version the one that another manifest of the app, or a bill of materials, lays down. */
export function completeVersions(manifests: readonly Manifest[]): readonly Manifest[] {
  const managed = new Map<string, string>();
  for (const { managed: all = [] } of manifests) for (const { ecosystem, name, version } of all) if (version !== null && !managed.has(`${ecosystem}:${name}`)) managed.set(`${ecosystem}:${name}`, version);
  if (managed.size === 0) return manifests;
  return manifests.map((manifest) => ({ ...manifest, dependencies: manifest.dependencies.map((dependency) => completed(dependency, managed)) }));
}

function completed(dependency: Dependency, managed: ReadonlyMap<string, string>): Dependency {
  if (dependency.version !== null) return dependency;
  const version = managed.get(`${dependency.ecosystem}:${dependency.name}`) ?? (dependency.ecosystem === 'maven' ? ofGroup(dependency.name, managed) : undefined);
  return version === undefined ? dependency : { ...dependency, version };
}

/** A bill of materials serves its own group, and that which it is the platform of: `io.quarkus.platform` serves `io.quarkus`. */
function ofGroup(name: string, managed: ReadonlyMap<string, string>): string | undefined {
  const group = name.slice(0, name.indexOf(':'));
  return managed.get(`maven:${group}:*`) ?? managed.get(`maven:${group}.platform:*`);
}
