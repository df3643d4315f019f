import { cargoToml } from './cargo-toml';
import { composerJson } from './composer-json';
import { condaEnvironment } from './conda-environment';
import { denoJson } from './deno-json';
import { gemfile } from './gemfile';
import { globalJson } from './global-json';
import { goMod } from './go-mod';
import { gradleBuild } from './gradle-build';
import { gradleCatalog } from './gradle-catalog';
import type { Manifest, ManifestFormat } from './manifest';
import { ManifestDraft } from './manifest-draft';
import { mavenPom } from './maven-pom';
import { mixExs } from './mix-exs';
import { msbuildProject } from './msbuild-project';
import { pnpmWorkspace } from './npm-catalogs';
import { packageJson } from './package-json';
import { pipfile } from './pipfile';
import { pyprojectToml } from './pyproject-toml';
import { requirementsTxt } from './requirements-txt';
import { sbtBuild } from './sbt-build';
import { setupCfg } from './setup-cfg';
import { loadGrammar } from './syntax-trees';

/** Every format that is understood. Of two manifests in one folder the earlier format's comes first. */
export const ALL_FORMATS: readonly ManifestFormat[] = [
  packageJson, pnpmWorkspace, denoJson, pyprojectToml, requirementsTxt, pipfile, setupCfg, condaEnvironment, goMod, cargoToml, gemfile, composerJson, mavenPom, gradleBuild,
  gradleCatalog, sbtBuild, msbuildProject, globalJson, mixExs,
];

/** The format of a file called so; undefined where it is no manifest. */
export function formatOf(path: string): ManifestFormat | undefined {
  return ALL_FORMATS.find((format) => format.matches(path));
}

/** Loads what the manifests among these files need in order to be parsed. Without it such a manifest is a warning. */
export async function loadGrammarsFor(paths: Iterable<string>): Promise<void> {
  const grammars = new Set([...paths].map((path) => formatOf(path)?.grammar).filter((grammar) => grammar !== undefined));
  await Promise.allSettled([...grammars].map(loadGrammar));
}

/** The manifest in a file; undefined where the file is none. What no parser bears is a warning. */
export function parseManifest(path: string, text: string): Manifest | undefined {
  const format = formatOf(path);
  if (!format) return undefined;
  try {
    return format.parse(path, text);
  } catch (error) {
    const draft = new ManifestDraft(path, format.name, 'npm');
    draft.invalid(`cannot be read (${error instanceof RangeError ? 'nested too deep' : error instanceof Error ? error.message : 'unknown'})`);
    return draft.manifest;
  }
}
