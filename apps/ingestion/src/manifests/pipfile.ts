import type { ManifestFormat } from './manifest';
import { ManifestDraft } from './manifest-draft';
import { at, tableOf, textOf } from './parsed-value';
import { groupCalled } from './python-requirement';
import { parseToml } from './toml-source';

/** Tables of a Pipfile that are not groups of packages. */
const SETTINGS = new Set(['source', 'requires', 'scripts', 'pipenv']);

/** https://pipenv.pypa.io/en/latest/pipfile.html: `packages`, `dev-packages`, and groups of any name. */
export const pipfile: ManifestFormat = {
  name: 'Pipfile',
  matches: (path) => /(^|\/)Pipfile$/.test(path),
  parse(path, text) {
    const draft = new ManifestDraft(path, this.name, 'pypi');
    const root = parseToml(text, draft);
    draft.manifest.packageManager = 'pipenv';
    for (const [name, table] of Object.entries(root)) {
      const group = name === 'packages' ? 'runtime' : name === 'dev-packages' ? 'dev' : groupCalled(name);
      if (!SETTINGS.has(name)) for (const [dependency, value] of Object.entries(tableOf(table))) draft.depend(dependency, textOf(value) ?? textOf(at(value, 'version')), group, `${name}.${dependency}`);
    }
    const field = at(root, 'requires', 'python_full_version') === undefined ? 'python_version' : 'python_full_version';
    draft.runtime('python', textOf(at(root, 'requires', field)), `requires.${field}`);
    return draft.manifest;
  },
};
