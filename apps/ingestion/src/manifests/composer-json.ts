import { jsonLine, parseJson } from './json-source';
import type { Dependency, ManifestFormat } from './manifest';
import { ManifestDraft } from './manifest-draft';
import { at, isTable, tableOf, textOf, textsOf } from './parsed-value';

/** `suggest` holds reasons, and what is suggested is not there. */
const GROUPS: Readonly<Record<string, Dependency['group']>> = { require: 'runtime', 'require-dev': 'dev' };

/** https://getcomposer.org/doc/04-schema.md */
export const composerJson: ManifestFormat = {
  name: 'composer.json',
  matches: (path) => /(^|\/)composer\.json$/.test(path),
  parse(path, text) {
    const draft = new ManifestDraft(path, this.name, 'composer');
    const { manifest } = draft;
    const root = parseJson(text, draft);
    manifest.name = textOf(at(root, 'name'));
    manifest.description = textOf(at(root, 'description'));
    // Several licences are alternatives.
    manifest.licence = textOf(at(root, 'license')) ?? (textsOf(at(root, 'license')).slice(0, 5).join(' OR ') || null);
    manifest.homepage = textOf(at(root, 'homepage'));
    manifest.packageManager = 'composer';
    draft.keywords(textsOf(at(root, 'keywords')));
    for (const [field, group] of Object.entries(GROUPS)) {
      const dependencies = at(root, field);
      // An empty map that PHP wrote is `[]`.
      if (dependencies !== undefined && !isTable(dependencies) && !(Array.isArray(dependencies) && dependencies.length === 0)) draft.invalid(`"${field}" is not a map of names to versions`, jsonLine(text, [field]));
      for (const [name, version] of Object.entries(tableOf(dependencies))) if (name.includes('/')) draft.depend(name, textOf(version), group, `${field}.${name}`);
    }
    // What would be installed for (`config.platform`) is more exact than what is allowed.
    draft.runtime('php', textOf(at(root, 'config', 'platform', 'php')), 'config.platform.php');
    draft.runtime('php', textOf(at(root, 'require', 'php')), 'require.php');
    return manifest;
  },
};
