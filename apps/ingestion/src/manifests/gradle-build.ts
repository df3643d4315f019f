import { type GradleStatement, gradleBlocks } from './gradle-blocks';
import { type GradleToken, gradleTokens } from './gradle-tokens';
import type { Dependency, ManifestFormat } from './manifest';
import { ManifestDraft } from './manifest-draft';

/** Configurations that do not reach what runs: tests, processors of annotations, the build's own class path. */
const DEVELOPMENT = /test|^(classpath|kapt|ksp|annotationProcessor|developmentOnly|detektPlugins|ktlint|checkstyle|jacoco|errorprone)$/i;
/** What may stand before the name of a variable. */
const MODIFIERS = new Set(['val', 'var', 'def', 'const', 'final', 'static', 'private', 'internal', 'public', 'String']);
const PLATFORM = /^(platform|enforcedPlatform)$/;

/**
 * https://docs.gradle.org/current/userguide/declaring_dependencies.html, in Groovy or Kotlin. A build script is a program of
 * which only what is written out is seen: coordinates, versions in variables of the same file, plugins, and entries of a
 * version catalogue. Why not by a grammar: docs/adr/0011.
 */
export const gradleBuild: ManifestFormat = {
  name: 'build.gradle',
  matches: (path) => /(^|\/)(build|settings)\.gradle(\.kts)?$/.test(path),
  parse(path, text) {
    const draft = new ManifestDraft(path, this.name, 'maven');
    draft.manifest.packageManager = 'gradle';
    const { tokens, unclosed } = gradleTokens(text);
    const { statements, unbalanced } = gradleBlocks(tokens);
    if (unclosed !== null) draft.invalid('has a string or comment without an end', unclosed);
    else if (unbalanced !== null) draft.invalid('has a block that is not closed, or closed twice', unbalanced);
    const variables = variablesOf(statements);
    draft.manifest.name = variables.get('rootProject.name') ?? null;
    for (const statement of statements) read(statement, variables, draft);
    return draft.manifest;
  },
};

type Variables = ReadonlyMap<string, string>;

/** `val ktorVersion = "2.3.9"`, `ext.ktorVersion = '2.3.9'`, `set("ktorVersion", "2.3.9")`: names → texts. */
function variablesOf(statements: readonly GradleStatement[]): Map<string, string> {
  const variables = new Map<string, string>();
  for (const { tokens } of statements) {
    const sign = tokens.findIndex(({ kind, text }) => kind === 'sign' && text === '=');
    const name = tokens.slice(0, Math.max(0, sign)).find(({ kind, text }) => kind === 'word' && !MODIFIERS.has(text));
    const value = tokens[sign + 1];
    if (name && value?.kind === 'text') variables.set(name.text.replace(/^(project\.)?ext\./, ''), value.text);
    const texts = tokens.filter(({ kind }) => kind === 'text');
    if (/^(set|extra\.set)$/.test(tokens[0]?.text ?? '') && texts[0] && texts[1]) variables.set(texts[0].text, texts[1].text);
  }
  return variables;
}

function read(statement: GradleStatement, variables: Variables, draft: ManifestDraft): void {
  const { blocks, tokens } = statement;
  const block = blocks.at(-1);
  if (block === 'plugins') plugin(tokens, variables, draft);
  else if (tokens[0]?.text === 'apply') applied(tokens, draft);
  else if (block === 'dependencies') dependency(tokens, blocks.includes('buildscript'), variables, draft);
  else if (block === 'constraints' || block === 'imports') managed(tokens, block === 'imports', variables, draft);
  java(tokens, draft);
}

/** `id("org.springframework.boot") version "3.2.5"`; `kotlin("jvm")`; `alias(libs.plugins.spring.boot)`. */
function plugin(tokens: readonly GradleToken[], variables: Variables, draft: ManifestDraft): void {
  const [how, ...rest] = tokens;
  const texts = rest.filter(({ kind }) => kind === 'text');
  const versioned = rest.findIndex(({ kind, text }) => kind === 'word' && text === 'version');
  const accessor = rest.find(({ kind, text }) => kind === 'word' && text.includes('.'))?.text;
  if (how?.text === 'alias' && accessor !== undefined) return draft.refer(accessor, 'dev', `plugins.${accessor}`);
  const id = how?.text === 'id' ? texts[0]?.text : how?.text === 'kotlin' ? `org.jetbrains.kotlin.${texts[0]?.text}` : undefined;
  if (id === undefined) return;
  draft.plugin(id, versioned === -1 ? null : resolved(valueAfter(rest, versioned), variables), `plugins.${id}`);
}

/** `apply plugin: 'org.springframework.boot'`, `apply(plugin = "…")`. */
function applied(tokens: readonly GradleToken[], draft: ManifestDraft): void {
  const id = tokens.find(({ kind }) => kind === 'text')?.text;
  if (id !== undefined && tokens.some(({ text }) => text === 'plugin')) draft.plugin(id, null, `plugins.${id}`);
}

function dependency(tokens: readonly GradleToken[], ofBuild: boolean, variables: Variables, draft: ManifestDraft): void {
  const [configuration, ...rest] = tokens;
  if (!configuration || (configuration.kind !== 'word' && configuration.kind !== 'text') || rest.length === 0) return;
  const group: Dependency['group'] = ofBuild || DEVELOPMENT.test(configuration.text) ? 'dev' : 'runtime';
  const words = rest.filter(({ kind }) => kind === 'word').map(({ text }) => text);
  if (words[0] === 'project') return;
  const platform = words.some((word) => PLATFORM.test(word));
  const reference = words.find((word) => word.startsWith('libs.'));
  if (reference !== undefined) return draft.refer(reference, group, `dependencies.${reference}`, platform);
  for (const coordinates of coordinatesOf(rest, variables)) {
    if (platform) draft.manage(`${coordinates.group}:*`, coordinates.version, `dependencies.${coordinates.artifact}`);
    draft.depend(`${coordinates.group}:${coordinates.artifact}`, coordinates.version, platform ? 'dev' : group, `dependencies.${coordinates.artifact}`);
  }
}

/** `mavenBom "org.springframework.cloud:spring-cloud-dependencies:2023.0.1"`: what a bill of materials lays down. */
function managed(tokens: readonly GradleToken[], bill: boolean, variables: Variables, draft: ManifestDraft): void {
  for (const { group, artifact, version } of coordinatesOf(tokens.slice(1), variables)) draft.manage(`${group}:${bill ? '*' : artifact}`, version, `dependencies.${artifact}`);
}

interface Coordinates {
  group: string;
  artifact: string;
  version: string | null;
}

function coordinatesOf(tokens: readonly GradleToken[], variables: Variables): Coordinates[] {
  const [first] = tokens.filter(({ kind }) => kind === 'word');
  // `group: 'io.ktor', name: 'ktor-server-core', version: '2.3.9'`, with "=" in Kotlin.
  const named = (name: string): string | null => {
    const index = tokens.findIndex(({ kind, text }, at) => kind === 'word' && text === name && /^[:=]$/.test(tokens[at + 1]?.text ?? ''));
    return index === -1 ? null : resolved(tokens[index + 2], variables);
  };
  const [group, artifact] = [named('group'), named('name')];
  if (group !== null && artifact !== null) return [{ group, artifact, version: named('version') }];
  const texts = tokens.filter(({ kind }) => kind === 'text');
  // `kotlin("stdlib")` is short for Kotlin's own.
  if (first?.text === 'kotlin' && texts[0]) return [{ group: 'org.jetbrains.kotlin', artifact: `kotlin-${texts[0].text}`, version: texts[1]?.text ?? null }];
  return texts.flatMap((token) => {
    const [groupPart = '', artifactPart = '', versionPart] = token.text.split(':').map((part) => resolved({ ...token, text: part }, variables));
    const isName = (part: string | null): part is string => part !== null && /^[\w.-]+$/.test(part);
    return isName(groupPart) && isName(artifactPart) ? [{ group: groupPart, artifact: artifactPart, version: versionPart?.replace(/@.*$/, '') || null }] : [];
  });
}

function java(tokens: readonly GradleToken[], draft: ManifestDraft): void {
  const index = tokens.findIndex(({ text }) => /(^|\.)(JavaLanguageVersion\.of|jvmToolchain|sourceCompatibility)$/.test(text));
  if (index === -1) return;
  const value = tokens.slice(index + 1).find(({ kind }) => kind === 'word' || kind === 'text')?.text.replace(/^JavaVersion\.(toVersion)?(VERSION_)?/, '').replace(/^1_/, '1.');
  if (value !== undefined && /^\d+(\.\d+)*$/.test(value)) draft.runtime('java', value, tokens[index]?.text ?? 'java');
}

function valueAfter(tokens: readonly GradleToken[], index: number): GradleToken | undefined {
  return tokens.slice(index + 1).find(({ kind }) => kind !== 'sign');
}

/** A text with its variables replaced, or a variable's; null where one is not of this file. */
function resolved(token: GradleToken | undefined, variables: Variables): string | null {
  if (!token) return null;
  if (token.kind === 'word') return variables.get(token.text.replace(/^(project\.)?(ext\.|extra\.)?/, '')) ?? null;
  let known = true;
  const text = token.text.replace(/\\\$|\$(?:\{([\w.]{1,100})\}|(\w{1,100}))|\$/g, (whole, braced?: string, bare?: string) => {
    if (whole === '\\$') return '$';
    const value = variables.get((braced ?? bare ?? '').replace(/^(project\.)?(ext\.|extra\.)?/, ''));
    known &&= value !== undefined && !value.includes('$');
    return value ?? '';
  });
  return known ? text : null;
}
