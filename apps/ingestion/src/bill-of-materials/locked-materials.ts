import type { LockFile } from '../lock-files/lock-file';
import { lockedScopes } from './locked-scopes';
import type { Gathering, Material, Scope } from './materials';
import { packageMaterial, withoutCredentials } from './package-material';
import { isVersion } from './package-url';

/** Gathers what one lock file holds. */
export class LockedMaterials {
  private readonly added = new Map<string, Material>();
  private readonly scopes: ReadonlyMap<string, Scope>;

  /** `asked`: keys of the packages that manifests name themselves, and what for. */
  constructor(
    private readonly lock: LockFile,
    private readonly asked: ReadonlyMap<string, Scope>,
    private readonly gathering: Gathering,
  ) {
    this.scopes = lockedScopes(lock, asked);
  }

  addAsked(): void {
    for (const key of this.asked.keys()) {
      const material = this.add(key);
      if (material) this.gathering.direct.add(material.ref);
    }
  }

  /** All others, and what depends on what. */
  addRest(): void {
    for (const key of this.lock.packages.keys()) this.add(key);
    for (const [key, { ref, dependsOn }] of this.added) {
      for (const wanted of this.lock.packages.get(key)?.dependsOn ?? []) {
        const other = this.added.get(wanted)?.ref;
        if (other !== undefined && other !== ref) dependsOn.add(other);
      }
    }
  }

  private add(key: string): Material | undefined {
    const locked = this.lock.packages.get(key);
    if (!locked || this.added.has(key)) return this.added.get(key);
    // An address instead of a version: of a fork, or of a file.
    const version = isVersion(locked.version) ? locked.version : null;
    const found = packageMaterial(locked.ecosystem, locked.name, version, this.scopes.get(key));
    const material = found && this.gathering.add(found, this.lock.path, version === null ? withoutCredentials(locked.version) : null);
    if (material) this.added.set(key, material);
    return material;
  }
}
