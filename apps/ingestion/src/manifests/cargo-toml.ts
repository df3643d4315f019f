import type { Dependency, ManifestFormat } from './manifest';
import { ManifestDraft } from './manifest-draft';
import { at, tableOf, textOf, textsOf } from './parsed-value';
import { parseToml } from './toml-source';

const GROUPS: Readonly<Record<string, Dependency['group']>> = { dependencies: 'runtime', 'dev-dependencies': 'dev', 'build-dependencies': 'dev' };

/** https://doc.rust-lang.org/cargo/reference/manifest.html. A crate that is renamed counts by its own name. */
export const cargoToml: ManifestFormat = {
  name: 'Cargo.toml',
  matches: (path) => /(^|\/)Cargo\.toml$/.test(path),
  parse(path, text) {
    const draft = new ManifestDraft(path, this.name, 'cargo');
    const { manifest } = draft;
    const root = parseToml(text, draft);
    const about = (field: string): unknown => at(root, 'package', field) ?? at(root, 'workspace', 'package', field);
    manifest.name = textOf(at(root, 'package', 'name'));
    manifest.description = textOf(about('description'));
    manifest.licence = textOf(about('license'));
    manifest.homepage = textOf(about('homepage'));
    manifest.packageManager = 'cargo';
    draft.keywords(textsOf(about('keywords')));
    dependencies(root, '', draft);
    for (const [platform, target] of Object.entries(tableOf(at(root, 'target')))) dependencies(target, `target.${platform}.`, draft);
    for (const [name, value] of Object.entries(tableOf(at(root, 'workspace', 'dependencies')))) draft.manage(crate(name, value), versionOf(value), `workspace.dependencies.${name}`);
    draft.runtime('rust', textOf(about('rust-version')), at(root, 'package', 'rust-version') === undefined ? 'workspace.package.rust-version' : 'package.rust-version');
    return manifest;
  },
};

function dependencies(table: unknown, prefix: string, draft: ManifestDraft): void {
  for (const [field, group] of Object.entries(GROUPS)) {
    for (const [name, value] of Object.entries(tableOf(at(table, field)))) {
      draft.depend(crate(name, value), versionOf(value), group === 'runtime' && at(value, 'optional') === true ? 'optional' : group, `${prefix}${field}.${name}`);
    }
  }
}

function crate(name: string, value: unknown): string {
  return textOf(at(value, 'package')) ?? name;
}

function versionOf(value: unknown): string | null {
  return textOf(value) ?? textOf(at(value, 'version'));
}
