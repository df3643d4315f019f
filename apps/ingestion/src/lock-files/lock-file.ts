import type { IngestionWarning } from '@osiris/contracts';
import type { Dependency, Ecosystem } from '../manifests/manifest';
import { oneLine } from '../readers/tags';

/** A package in exactly the version that a package manager chose. */
export interface LockedPackage {
  ecosystem: Ecosystem;
  /** As the lock file writes it. */
  name: string;
  version: string;
  /** What it is needed for, where the file itself says so; null where that shows only by who depends on it. */
  group: Dependency['group'] | null;
  /** Keys of what it depends on itself; those that the file does not have are nothing. */
  dependsOn: readonly string[];
}

/** What a lock file holds, whatever the package manager. */
export interface LockFile {
  readonly path: string;
  /** By a key that is the file's own. */
  readonly packages: ReadonlyMap<string, LockedPackage>;
  /** Key of the package that was chosen for what a manifest in `folder` (with a trailing "/") asks for. */
  resolve(dependency: Dependency, folder: string): string | undefined;
  /** Whether that is a part of the repository itself (a workspace, a path): no package that somebody published. */
  isPart(name: string): boolean;
  /** `MANIFEST_INVALID` and `FILE_TRUNCATED`. */
  readonly warnings: readonly IngestionWarning[];
}

/** Understands the lock files of one package manager. What a generator wrote has one shape: anything else in it counts for nothing. */
export interface LockFormat {
  readonly ecosystem: Ecosystem;
  /** Decided by the name alone. */
  matches(fileName: string): boolean;
  /** Never throws for what a repository may hold; hostile input is bounded by the caller in length. */
  parse(path: string, text: string): LockFile;
}

/** Of one file; the largest that people have hold half of it. */
export const MAX_LOCKED = 20_000;
const MAX_DEPENDS_ON = 500;
const MAX_TEXT = 300;
const MAX_PARTS = 5_000;
/** What package managers of JavaScript write for what lies in the repository. */
const LOCAL = /^(?:workspace|file|link|portal):/;

/** A lock file while its format reads it: bounded. Finds packages by their names, unless the format knows better. */
export class LockDraft implements LockFile {
  readonly packages = new Map<string, LockedPackage>();
  readonly warnings: IngestionWarning[] = [];
  private full = false;
  private readonly parts = new Set<string>();
  private readonly keysByName = new Map<string, string>();

  constructor(
    readonly path: string,
    private readonly ecosystem: Ecosystem,
  ) {}

  add(key: string, name: string | null | undefined, version: string | null | undefined, about: { group?: LockedPackage['group']; dependsOn?: readonly string[]; ecosystem?: Ecosystem } = {}): void {
    if (!name || !version || name.length > MAX_TEXT || version.length > MAX_TEXT || this.packages.has(key)) return;
    if (LOCAL.test(version)) return this.part(name);
    if (this.packages.size >= MAX_LOCKED) return this.truncated();
    const { group = null, dependsOn = [], ecosystem = this.ecosystem } = about;
    this.packages.set(key, { ecosystem, name, version, group, dependsOn: dependsOn.slice(0, MAX_DEPENDS_ON) });
    const called = foldedName(ecosystem, name);
    if (!this.keysByName.has(called)) this.keysByName.set(called, key);
  }

  /** A name that stands for a part of the repository. */
  part(name: string): void {
    if (this.parts.size < MAX_PARTS) this.parts.add(name);
  }

  isPart(name: string): boolean {
    return this.parts.has(name);
  }

  /** Once all packages are known: makes keys of how the file names what each depends on. */
  link(keyOf: (wanted: string, by: LockedPackage) => string | undefined = (name, by) => this.keyOf(name, by.ecosystem)): void {
    for (const [key, locked] of this.packages) {
      const dependsOn = locked.dependsOn.map((wanted) => keyOf(wanted, locked)).filter((found) => found !== undefined && found !== key);
      this.packages.set(key, { ...locked, dependsOn: [...new Set(dependsOn)] as string[] });
    }
  }

  /** The first package of this name, as its registry compares names. */
  keyOf(name: string, ecosystem: Ecosystem = this.ecosystem): string | undefined {
    return this.keysByName.get(foldedName(ecosystem, name));
  }

  resolve({ written, name, ecosystem }: Dependency, _folder: string): string | undefined {
    return (written === undefined ? undefined : this.keyOf(written, ecosystem)) ?? this.keyOf(name, ecosystem);
  }

  invalid(what: string, line: number | null = null): void {
    this.warn('MANIFEST_INVALID', `${oneLine(this.path, 120)}${line === null ? '' : `, line ${line}`}: ${what}`, line);
  }

  private truncated(): void {
    // Said once: there may be a million more.
    if (this.full) return;
    this.full = true;
    this.warn('FILE_TRUNCATED', `${oneLine(this.path, 120)} has more than ${MAX_LOCKED} packages: only the first are in the bill of materials`);
  }

  private warn(code: IngestionWarning['code'], message: string, line: number | null = null): void {
    if (!this.warnings.some((known) => known.code === code)) this.warnings.push({ code, message: oneLine(message, MAX_TEXT), path: this.path, line });
  }
}

/** Lock files and manifests may differ in what their registry does not tell apart. */
function foldedName(ecosystem: Ecosystem, name: string): string {
  switch (ecosystem) {
    case 'pypi':
      return `pypi ${name.toLowerCase().replace(/[-_.]+/g, '-')}`;
    case 'composer':
    case 'nuget':
      return `${ecosystem} ${name.toLowerCase()}`;
    default:
      return `${ecosystem} ${name}`;
  }
}
