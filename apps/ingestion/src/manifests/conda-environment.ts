import type { ManifestFormat } from './manifest';
import { ManifestDraft } from './manifest-draft';
import { at, listOf, textOf } from './parsed-value';
import { parsePythonRequirement } from './python-requirement';
import { parseYaml } from './yaml-source';

/** `conda-forge::numpy>=1.26=py312_0`: channel, name, and a requirement of version and build. */
const SPEC = /^(?:[^:\s]{1,100}::)?([a-z0-9_][\w.-]{0,100})\s*((?:[=<>!~]).{0,100})?$/i;

/**
 * https://docs.conda.io/projects/conda/en/stable/user-guide/tasks/manage-environments.html. Packages of conda mostly have the
 * names that they have on PyPI, and are taken for those; what is under `pip` is pip's.
 */
export const condaEnvironment: ManifestFormat = {
  name: 'environment.yml',
  matches: (path) => /(^|\/)(conda[-_.])?environment([-_.][\w-]{1,40})?\.ya?ml$/i.test(path),
  parse(path, text) {
    const draft = new ManifestDraft(path, this.name, 'pypi');
    const { value, problem } = parseYaml(text);
    if (problem) draft.invalid(`is not valid YAML (${problem.message})`, problem.line);
    const dependencies = at(value, 'dependencies');
    if (!Array.isArray(dependencies)) return draft.manifest;
    draft.manifest.packageManager = 'conda';
    draft.manifest.name = textOf(at(value, 'name'));
    for (const entry of dependencies) {
      for (const one of listOf(at(entry, 'pip'))) pip(one, draft);
      const spec = SPEC.exec(textOf(entry) ?? '');
      if (spec?.[1] !== undefined) conda(spec[1], spec[2] ?? null, draft);
    }
    return draft.manifest;
  },
};

function conda(name: string, requirement: string | null, draft: ManifestDraft): void {
  // The second part of `=3.12.1=h955ad1f_0` names the build.
  const version = requirement?.replace(/^(==?)?([^=<>!~,]+)=[^=]+$/, '$1$2').trim() ?? null;
  if (name.toLowerCase() === 'python') draft.runtime('python', version, 'dependencies.python');
  else draft.depend(name, version, 'runtime', `dependencies.${name}`, 'pypi', 'conda');
}

function pip(entry: unknown, draft: ManifestDraft): void {
  const requirement = draft.open ? parsePythonRequirement(textOf(entry) ?? '') : null;
  if (requirement) draft.depend(requirement.name, requirement.version, 'runtime', `dependencies.pip.${requirement.name}`);
}
