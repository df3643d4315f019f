import type { ManifestFormat } from './manifest';
import { ManifestDraft } from './manifest-draft';
import { at, listOf, tableOf, textOf } from './parsed-value';
import { parseXml } from './xml-source';

/** Properties that lead to others are followed that far. */
const MAX_STEPS = 5;
/** Properties that say which Java a project is for, most exact first. */
const JAVA = ['maven.compiler.release', 'java.version', 'maven.compiler.target', 'maven.compiler.source'];

/**
 * https://maven.apache.org/pom.html. Parent and plugins count for development: they say what the project is built with
 * (`spring-boot-starter-parent`, `quarkus-maven-plugin`) and which version of it. What `dependencyManagement` lists is not
 * used by itself; it and the parent give versions to dependencies of the same group that have none.
 */
export const mavenPom: ManifestFormat = {
  name: 'pom.xml',
  matches: (path) => /(^|\/)pom\.xml$/.test(path),
  parse(path, text) {
    const draft = new ManifestDraft(path, this.name, 'maven');
    const { manifest } = draft;
    const project = at(parseXml(text, draft), 'project');
    if (project === undefined && manifest.warnings.length === 0) draft.invalid('has no <project>', 1);
    const properties = propertiesOf(project);
    const value = (node: unknown, name: string): string | null => resolved(textOf(at(node, name)), properties);
    manifest.name = value(project, 'artifactId');
    manifest.description = value(project, 'description');
    manifest.homepage = value(project, 'url');
    manifest.licence = textOf(at(listOf(at(project, 'licenses', 'license'))[0], 'name'));
    manifest.packageManager = 'maven';
    const coordinates = (node: unknown, group: string | null = null) => ({ group: value(node, 'groupId') ?? group ?? '', artifact: value(node, 'artifactId') ?? '', version: value(node, 'version') });

    const parent = coordinates(at(project, 'parent'));
    if (parent.artifact !== '') draft.depend(`${parent.group}:${parent.artifact}`, parent.version, 'dev', `parent.${parent.artifact}`);
    if (parent.group !== '') draft.manage(`${parent.group}:*`, parent.version, 'parent');
    for (const node of dependenciesIn(at(project, 'dependencyManagement'))) {
      const { group, artifact, version } = coordinates(node);
      const imported = value(node, 'scope') === 'import';
      draft.manage(imported ? `${group}:*` : `${group}:${artifact}`, version, `dependencyManagement.${artifact}`);
    }
    for (const node of dependenciesIn(project)) {
      const { group, artifact, version } = coordinates(node);
      const kind = value(node, 'scope') === 'test' ? 'dev' : value(node, 'optional') === 'true' ? 'optional' : 'runtime';
      if (artifact !== '') draft.depend(`${group}:${artifact}`, version, kind, `dependencies.${artifact}`);
    }
    for (const node of listOf(at(project, 'build', 'plugins', 'plugin'))) {
      const { group, artifact, version } = coordinates(node, 'org.apache.maven.plugins');
      if (artifact !== '') draft.depend(`${group}:${artifact}`, version, 'dev', `plugins.${artifact}`);
      if (artifact === 'maven-compiler-plugin') draft.runtime('java', value(at(node, 'configuration'), 'release'), 'plugins.maven-compiler-plugin');
    }
    for (const name of JAVA) if (properties.has(name)) draft.runtime('java', resolved(`\${${name}}`, properties), `properties.${name}`);
    return manifest;
  },
};

function dependenciesIn(node: unknown): readonly unknown[] {
  return listOf(at(node, 'dependencies', 'dependency'));
}

/** Those the project declares, and those Maven has of itself. */
function propertiesOf(project: unknown): Map<string, string> {
  const properties = new Map<string, string>();
  for (const [name, value] of Object.entries(tableOf(at(project, 'properties')))) {
    const text = textOf(value);
    if (text !== null) properties.set(name, text);
  }
  for (const field of ['groupId', 'artifactId', 'version']) {
    const text = textOf(at(project, field)) ?? (field === 'artifactId' ? null : textOf(at(project, 'parent', field)));
    if (text !== null) properties.set(`project.${field}`, text).set(`pom.${field}`, text);
    const parent = textOf(at(project, 'parent', field));
    if (parent !== null) properties.set(`project.parent.${field}`, parent);
  }
  return properties;
}

/** With `${name}` replaced; null where a property is not declared here, or leads in a circle. */
function resolved(text: string | null, properties: ReadonlyMap<string, string>): string | null {
  let value = text;
  for (let step = 0; value !== null && value.includes('${') && step < MAX_STEPS; step++) {
    // A reference that is the whole text, as all that matter are, cannot grow from step to step.
    const [whole, name = ''] = /^\$\{([^{}]{1,200})\}$/.exec(value) ?? [];
    value = whole === undefined ? null : (properties.get(name) ?? null);
  }
  return value?.includes('${') ? null : value;
}
