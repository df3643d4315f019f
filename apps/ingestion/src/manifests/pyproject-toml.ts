import type { ManifestFormat } from './manifest';
import { ManifestDraft } from './manifest-draft';
import { at, isTable, listOf, tableOf, textOf, textsOf } from './parsed-value';
import { groupCalled, parsePythonRequirement } from './python-requirement';
import { parseToml } from './toml-source';

type Group = 'runtime' | 'dev' | 'optional';

/** Module that builds the project → the package manager that people use with it. */
const BUILD_BACKENDS: Readonly<Record<string, string>> = { 'poetry.core.masonry.api': 'poetry', 'poetry.masonry.api': 'poetry', 'pdm.backend': 'pdm', 'pdm.pep517.api': 'pdm', uv_build: 'uv' };

/** PEP 621 and PEP 735 (https://packaging.python.org/en/latest/specifications/), and what Poetry, PDM, Hatch and uv add. */
export const pyprojectToml: ManifestFormat = {
  name: 'pyproject.toml',
  matches: (path) => /(^|\/)pyproject\.toml$/.test(path),
  parse(path, text) {
    const draft = new ManifestDraft(path, this.name, 'pypi');
    const { manifest } = draft;
    const root = parseToml(text, draft);
    const about = (field: string): unknown => at(root, 'project', field) ?? at(root, 'tool', 'poetry', field);
    manifest.name = textOf(about('name'));
    manifest.description = textOf(about('description'));
    manifest.licence = textOf(about('license')) ?? textOf(at(root, 'project', 'license', 'text'));
    manifest.homepage = homepageOf(root);
    manifest.packageManager = packageManagerOf(root);
    draft.keywords(textsOf(about('keywords')));
    project(root, draft);
    poetry(at(root, 'tool', 'poetry'), draft);
    for (const [name, list] of Object.entries(tableOf(at(root, 'tool', 'pdm', 'dev-dependencies')))) requirements(list, 'dev', `tool.pdm.dev-dependencies.${name}`, draft);
    requirements(at(root, 'tool', 'uv', 'dev-dependencies'), 'dev', 'tool.uv.dev-dependencies', draft);
    for (const [name, environment] of Object.entries(tableOf(at(root, 'tool', 'hatch', 'envs')))) hatch(name, environment, draft);
    return manifest;
  },
};

function project(root: unknown, draft: ManifestDraft): void {
  const dependencies = at(root, 'project', 'dependencies');
  if (dependencies !== undefined && !Array.isArray(dependencies)) draft.invalid('"project.dependencies" is not a list');
  requirements(dependencies, 'runtime', 'project.dependencies', draft);
  for (const [name, list] of Object.entries(tableOf(at(root, 'project', 'optional-dependencies')))) requirements(list, groupCalled(name), `project.optional-dependencies.${name}`, draft);
  for (const [name, list] of Object.entries(tableOf(at(root, 'dependency-groups')))) requirements(list, groupCalled(name), `dependency-groups.${name}`, draft);
  draft.runtime('python', textOf(at(root, 'project', 'requires-python')), 'project.requires-python');
}

/** https://python-poetry.org/docs/pyproject/ */
function poetry(table: unknown, draft: ManifestDraft): void {
  draft.runtime('python', constraintOf(at(table, 'dependencies', 'python')), 'tool.poetry.dependencies.python');
  poetryGroup(at(table, 'dependencies'), 'runtime', 'tool.poetry.dependencies', draft);
  poetryGroup(at(table, 'dev-dependencies'), 'dev', 'tool.poetry.dev-dependencies', draft);
  for (const [name, group] of Object.entries(tableOf(at(table, 'group')))) {
    // A group is installed unless it says that it is optional.
    const kind = groupCalled(name) === 'dev' ? 'dev' : at(group, 'optional') === true ? 'optional' : 'runtime';
    poetryGroup(at(group, 'dependencies'), kind, `tool.poetry.group.${name}.dependencies`, draft);
  }
}

function poetryGroup(table: unknown, group: Group, place: string, draft: ManifestDraft): void {
  for (const [name, value] of Object.entries(tableOf(table))) {
    if (name.toLowerCase() !== 'python') draft.depend(name, constraintOf(value), at(value, 'optional') === true ? 'optional' : group, `${place}.${name}`);
  }
}

/** `"^4.2"`, `{ version = "^4.2", extras = […] }`, or several of those for several platforms. */
function constraintOf(value: unknown): string | null {
  return listOf(value).map((one) => textOf(one) ?? textOf(at(one, 'version'))).find((text) => text !== null) ?? null;
}

/** https://hatch.pypa.io/latest/config/environment/overview/: environments are for people who work on it. */
function hatch(name: string, environment: unknown, draft: ManifestDraft): void {
  for (const field of ['dependencies', 'extra-dependencies']) requirements(at(environment, field), 'dev', `tool.hatch.envs.${name}.${field}`, draft);
}

function requirements(list: unknown, group: Group, place: string, draft: ManifestDraft): void {
  for (const one of listOf(list)) {
    // `{ include-group = "test" }` is read where it stands.
    if (isTable(one) || !draft.open) continue;
    const requirement = typeof one === 'string' ? parsePythonRequirement(one) : undefined;
    if (requirement === undefined) draft.invalid(`${place}: ${JSON.stringify(one)?.slice(0, 60)} is no requirement`);
    else if (requirement) draft.depend(requirement.name, requirement.version, group, `${place}.${requirement.name}`);
  }
}

function homepageOf(root: unknown): string | null {
  const urls = Object.entries(tableOf(at(root, 'project', 'urls')));
  return textOf(urls.find(([label]) => /^home-?\s?page$/i.test(label))?.[1]) ?? textOf(at(root, 'tool', 'poetry', 'homepage'));
}

function packageManagerOf(root: unknown): string | null {
  const own = ['poetry', 'pdm', 'uv'].find((tool) => isTable(at(root, 'tool', tool)));
  if (own) return own;
  const backend = textOf(at(root, 'build-system', 'build-backend')) ?? '';
  return Object.hasOwn(BUILD_BACKENDS, backend) ? (BUILD_BACKENDS[backend] ?? null) : null;
}
