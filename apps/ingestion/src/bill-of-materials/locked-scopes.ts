import type { LockFile } from '../lock-files/lock-file';
import type { Dependency } from '../manifests/manifest';
import type { Scope } from './materials';

/** Peers are brought by whoever uses the package: nothing says that this app does. */
const SCOPES: Readonly<Record<Dependency['group'], Scope>> = { runtime: 'required', optional: 'optional', peer: 'optional', dev: 'excluded' };

export function scopeOf(group: Dependency['group']): Scope {
  return SCOPES[group];
}

/**
 * What each locked package is needed for: as the file says, else as whatever depends on it is. Where nothing is known of who
 * depends on what, and for what nobody is known to need, there is no answer.
 */
export function lockedScopes({ packages }: LockFile, asked: ReadonlyMap<string, Scope>): ReadonlyMap<string, Scope> {
  const scopes = new Map<string, Scope>();
  for (const [key, { group }] of packages) if (group !== null) scopes.set(key, scopeOf(group));
  for (const scope of ['required', 'optional', 'excluded'] as const) {
    const next = [...asked].filter(([, one]) => one === scope).map(([key]) => key);
    const seen = new Set<string>();
    for (let key = next.pop(); key !== undefined; key = next.pop()) {
      if (seen.has(key) || (scopes.has(key) && packages.get(key)?.group === null)) continue;
      seen.add(key);
      if (!scopes.has(key)) scopes.set(key, scope);
      next.push(...(packages.get(key)?.dependsOn ?? []));
    }
  }
  return scopes;
}
