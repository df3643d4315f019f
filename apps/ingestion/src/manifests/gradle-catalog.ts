import type { ManifestFormat } from './manifest';
import { ManifestDraft } from './manifest-draft';
import { at, listOf, tableOf, textOf, textsOf } from './parsed-value';
import { parseToml } from './toml-source';

/** https://docs.gradle.org/current/userguide/version_catalogs.html: what build scripts name as `libs.…`. */
export const gradleCatalog: ManifestFormat = {
  name: 'libs.versions.toml',
  matches: (path) => /(^|\/)libs\.versions\.toml$/.test(path),
  parse(path, text) {
    const draft = new ManifestDraft(path, this.name, 'maven');
    const root = parseToml(text, draft);
    const versionOf = (entry: unknown): string | null => {
      const reference = textOf(at(entry, 'version', 'ref'));
      const version = reference === null ? at(entry, 'version') : at(root, 'versions', reference);
      return textOf(version) ?? textOf(at(version, 'strictly')) ?? textOf(at(version, 'require')) ?? textOf(at(version, 'prefer'));
    };
    for (const [alias, entry] of Object.entries(tableOf(at(root, 'libraries')))) {
      const [group, artifact, version] = (textOf(entry) ?? textOf(at(entry, 'module')) ?? `${textOf(at(entry, 'group'))}:${textOf(at(entry, 'name'))}`).split(':');
      draft.alias(accessor('libs', alias), [`${group}:${artifact}`], version ?? versionOf(entry));
    }
    for (const [alias, entry] of Object.entries(tableOf(at(root, 'plugins')))) {
      const [id = '', version] = (textOf(entry) ?? textOf(at(entry, 'id')) ?? '').split(':');
      draft.alias(accessor('libs.plugins', alias), [`${id}:${id}.gradle.plugin`], version ?? versionOf(entry));
    }
    for (const [alias, entry] of Object.entries(tableOf(at(root, 'bundles')))) draft.alias(accessor('libs.bundles', alias), listOf(textsOf(entry)).map((member) => accessor('libs', String(member))), null);
    return draft.manifest;
  },
};

/** `libs.spring.boot.web` of `spring-boot_web`. */
function accessor(prefix: string, alias: string): string {
  return `${prefix}.${alias.replace(/[-_]/g, '.')}`;
}
