import type { IngestionWarning } from '@osiris/contracts';
import { oneLine } from '../readers/tags';
import { type Dependency, type Ecosystem, emptyManifest, type Manifest } from './manifest';
import { packageName } from './package-names';

/** More than the largest monorepo's root has; what a generator wrote beyond tells nothing new. */
export const MAX_DEPENDENCIES = 2_000;
const MAX_REQUIREMENT = 200;
const MAX_MESSAGE = 300;
/** Of an alias. */
const MAX_MEMBERS = 100;
const MAX_WARNINGS = 5;
const MAX_RUNTIMES = 10;
const MAX_KEYWORDS = 100;

/** A manifest while its format reads it: bounded, with names as their registry compares them. */
export class ManifestDraft {
  readonly manifest: Manifest;
  private overflown = false;

  constructor(path: string, format: string, ecosystem: Ecosystem) {
    this.manifest = emptyManifest(path, format, ecosystem);
  }

  /** Whether there is room for another dependency. */
  get open(): boolean {
    return this.manifest.dependencies.length < MAX_DEPENDENCIES;
  }

  /** `place` within the file: `dependencies.next`. */
  depend(name: string, version: string | null, group: Dependency['group'], place: string, ecosystem: Ecosystem = this.manifest.ecosystem, origin?: Dependency['origin']): void {
    if (!this.open) return this.overflow();
    const dependency = this.dependency(name, version, group, place, ecosystem);
    if (!dependency) return;
    const written = name.trim();
    this.manifest.dependencies.push({ ...dependency, ...(written === dependency.name ? {} : { written }), ...(origin ? { origin } : {}) });
  }

  /** A version that is laid down here for manifests that name the package without one. */
  manage(name: string, version: string | null, place: string): void {
    const dependency = version === null ? undefined : this.dependency(name, version, 'runtime', place, this.manifest.ecosystem);
    const managed = (this.manifest.managed ??= []);
    if (dependency && managed.length < MAX_DEPENDENCIES) managed.push(dependency);
  }

  /** A Gradle plugin by its marker artifact; its version is that of the group called like it (`org.springframework.boot`). */
  plugin(id: string, version: string | null, place: string): void {
    this.depend(`${id}:${id}.gradle.plugin`, version, 'dev', place);
    this.manage(`${id.replace(/\.plugin$/, '')}:*`, version, place);
  }

  alias(name: string, members: readonly string[], version: string | null): void {
    const aliases = (this.manifest.aliases ??= []);
    if (aliases.length < MAX_DEPENDENCIES) aliases.push({ name, members: members.slice(0, MAX_MEMBERS), version: version === null ? null : oneLine(version, MAX_REQUIREMENT) });
  }

  refer(alias: string, group: Dependency['group'], place: string, platform = false): void {
    const references = (this.manifest.references ??= []);
    if (references.length < MAX_DEPENDENCIES) references.push({ alias, group, from: `${this.manifest.path}#${place}`, platform });
  }

  runtime(name: string, version: string | null, place: string): void {
    const { runtimes, path } = this.manifest;
    if (version !== null && runtimes.length < MAX_RUNTIMES) runtimes.push({ name, version: oneLine(version, MAX_REQUIREMENT), from: `${path}#${place}` });
  }

  keywords(keywords: readonly string[]): void {
    this.manifest.keywords.push(...keywords.slice(0, MAX_KEYWORDS));
  }

  /** `MANIFEST_INVALID`; `what` follows the path. `line` from 1. */
  invalid(what: string, line: number | null = null): void {
    const { path, warnings } = this.manifest;
    const warning: IngestionWarning = { code: 'MANIFEST_INVALID', message: oneLine(`${oneLine(path, 120)}${line === null ? '' : `, line ${line}`}: ${what}`, MAX_MESSAGE), path, line };
    if (warnings.length < MAX_WARNINGS && !warnings.some(({ message }) => message === warning.message)) warnings.push(warning);
  }

  private overflow(): void {
    if (!this.overflown) this.invalid(`more than ${MAX_DEPENDENCIES} dependencies: only the first count`);
    this.overflown = true;
  }

  private dependency(name: string, version: string | null, group: Dependency['group'], place: string, ecosystem: Ecosystem): Dependency | undefined {
    const known = packageName(ecosystem, name);
    const required = version === null ? null : oneLine(version, MAX_REQUIREMENT) || null;
    return known === undefined ? undefined : { ecosystem, name: known, version: required, group, from: `${this.manifest.path}#${place}` };
  }
}
