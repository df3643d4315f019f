import { jsonLine, parseJson } from './json-source';
import type { Dependency, ManifestFormat } from './manifest';
import { ManifestDraft } from './manifest-draft';
import { manageCatalogs } from './npm-catalogs';
import { at, isTable, tableOf, textOf, textsOf } from './parsed-value';

const GROUPS: Readonly<Record<string, Dependency['group']>> = {
  dependencies: 'runtime',
  devDependencies: 'dev',
  optionalDependencies: 'optional',
  peerDependencies: 'peer',
};
/** https://docs.npmjs.com/cli/configuring-npm/package-json#alias-dependencies */
const ALIAS = /^npm:((?:@[^/@]{1,200}\/)?[^/@]{1,200})(?:@(.+))?$/;
/** `engines` names package managers too: those do not run the app. */
const ENGINES = ['node', 'bun', 'deno'];

/** https://docs.npmjs.com/cli/configuring-npm/package-json */
export const packageJson: ManifestFormat = {
  name: 'package.json',
  matches: (path) => /(^|\/)package\.json$/.test(path),
  parse(path, text) {
    const draft = new ManifestDraft(path, this.name, 'npm');
    const { manifest } = draft;
    const root = parseJson(text, draft);
    manifest.name = textOf(at(root, 'name'));
    manifest.description = textOf(at(root, 'description'));
    manifest.licence = licenceOf(root);
    manifest.homepage = textOf(at(root, 'homepage'));
    draft.keywords(textsOf(at(root, 'keywords')));
    for (const [field, group] of Object.entries(GROUPS)) {
      const dependencies = at(root, field);
      if (dependencies !== undefined && !isTable(dependencies)) draft.invalid(`"${field}" is not a map of names to versions`, jsonLine(text, [field]));
      for (const [name, version] of Object.entries(tableOf(dependencies))) {
        const requirement = textOf(version);
        // `"react": "npm:@preact/compat@^17"`: what is installed is what the alias stands for.
        const [, aliased = name, required = requirement] = ALIAS.exec(requirement ?? '') ?? [];
        draft.depend(aliased, required, group, `${field}.${name}`);
      }
    }
    // Volta's is the version that people use, `engines` what they allow.
    draft.runtime('node', textOf(at(root, 'volta', 'node')), 'volta.node');
    for (const engine of ENGINES) draft.runtime(engine, textOf(at(root, 'engines', engine)), `engines.${engine}`);
    manifest.packageManager = packageManagerOf(root);
    // https://bun.sh/docs/install/catalogs: at the top, or in `workspaces`.
    manageCatalogs(draft, root);
    manageCatalogs(draft, at(root, 'workspaces'), 'workspaces.');
    return manifest;
  },
};

/** A licence as it is written today, or as npm had it until 2014: `{ type }`, and lists of those. */
function licenceOf(root: unknown): string | null {
  const licence = at(root, 'license') ?? at(root, 'licenses');
  const one: unknown = Array.isArray(licence) ? licence[0] : licence;
  return textOf(one) ?? textOf(at(one, 'type'));
}

/** `pnpm@9.1.0+sha512.…`: https://nodejs.org/api/corepack.html; then what Volta pins. */
function packageManagerOf(root: unknown): string | null {
  const field = textOf(at(root, 'packageManager')) ?? textOf(at(root, 'devEngines', 'packageManager', 'name'));
  const name = field?.split('@', 1)[0]?.toLowerCase();
  if (name === 'npm' || name === 'pnpm' || name === 'yarn' || name === 'bun') return name;
  return ['pnpm', 'yarn'].find((manager) => textOf(at(root, 'volta', manager)) !== null) ?? null;
}
