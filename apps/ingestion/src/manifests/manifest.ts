import type { IngestionWarning } from '@osiris/contracts';

/** Registry that a package's name belongs to. */
export type Ecosystem = 'npm' | 'jsr' | 'pypi' | 'gem' | 'composer' | 'go' | 'cargo' | 'maven' | 'nuget' | 'hex';

export interface Dependency {
  ecosystem: Ecosystem;
  /**
   * As its registry compares names: PyPI lower case with "-" (PEP 503), Maven `group:artifact`, NuGet lower case, Go the
   * module's path without a major version suffix, Composer `vendor/package` in lower case.
   */
  name: string;
  /** The name as the manifest writes it, where that differs: Go's major version suffix, the case of NuGet. */
  written?: string;
  /** `conda`: one of conda's channels has it. `platform`: comes with the runtime (a shared framework or SDK of .NET), no registry has it. */
  origin?: 'conda' | 'platform';
  /** The requirement as written (`^15.1.0`, `>=4,<5`); null where there is none. */
  version: string | null;
  /** `dev`: needed to build, check or test it. `optional`: extras. `peer`: whoever uses this library brings it (npm). */
  group: 'runtime' | 'dev' | 'optional' | 'peer';
  /** File and place: `package.json#dependencies.next`. */
  from: string;
}

/** What a manifest says of the runtime that the app needs. */
export interface RuntimeRequirement {
  /** `node`, `python`, `go`, `ruby`, `php`, `java`, `dotnet`, `elixir`, `rust`, … */
  name: string;
  /** As written. */
  version: string;
  from: string;
}

export interface Alias {
  /** `libs.ktor.core` */
  name: string;
  /** Packages as their registry has them, or (of a bundle) other aliases. */
  members: string[];
  version: string | null;
}

export interface Reference {
  alias: string;
  group: Dependency['group'];
  from: string;
  /** A bill of materials: its version is that of its group's packages. */
  platform: boolean;
}

/** What a package manager's file says, whatever the package manager. */
export interface Manifest {
  path: string;
  format: string;
  ecosystem: Ecosystem;
  name: string | null;
  description: string | null;
  keywords: string[];
  /** As written: an SPDX expression, or a name that people use for one. */
  licence: string | null;
  homepage: string | null;
  dependencies: Dependency[];
  /**
   * Versions laid down for manifests that name the package without one (`[workspace.dependencies]`, Maven's
   * `dependencyManagement`): of no use by themselves. A name that ends in `:*` stands for all of a Maven group.
   */
  managed?: Dependency[];
  /** Names that manifests of the same app use for packages: the entries of a Gradle version catalogue. */
  aliases?: Alias[];
  /** Where this manifest uses such names. */
  references?: Reference[];
  runtimes: RuntimeRequirement[];
  /** `pnpm` of `packageManager: pnpm@9.1.0`, `poetry` of `[tool.poetry]`; null where the manifest does not tell. */
  packageManager: string | null;
  /** `MANIFEST_INVALID`, with the line where there is one. What could be read still counts. */
  warnings: IngestionWarning[];
}

/** Understands one format. Never throws for what a repository may hold; hostile input is bounded by the caller in length. */
export interface ManifestFormat {
  readonly name: string;
  /** Decided by the path alone. */
  matches(path: string): boolean;
  /** Which grammar `parse` needs to be loaded (see `syntax-trees.ts`); none where a parser of its own does. */
  readonly grammar?: 'ruby' | 'elixir';
  parse(path: string, text: string): Manifest;
}

/** A manifest without content, to begin with. */
export function emptyManifest(path: string, format: string, ecosystem: Ecosystem): Manifest {
  return { path, format, ecosystem, name: null, description: null, keywords: [], licence: null, homepage: null, dependencies: [], runtimes: [], packageManager: null, warnings: [] };
}
