import { type GradleToken, gradleTokens } from './gradle-tokens';
import type { ManifestFormat } from './manifest';
import { ManifestDraft } from './manifest-draft';

/** What a group or an artifact is called: more than any other two strings side by side are. */
const COORDINATE = /^[A-Za-z0-9][\w.-]{0,199}$/;
const TEST = /^(?:test|it|integrationtest|it,test|test,it)$/i;

/**
 * https://www.scala-sbt.org/1.x/docs/Library-Dependencies.html: `"group" %% "artifact" % "version" % Test`, the version written
 * out or a `val` of the same file. The suffix that `%%` adds to an artifact, Scala's version, is left out. Strings, comments
 * and names of Scala are as those of Gradle's dialects; operators are no tokens: strings that they join are side by side.
 */
export const sbtBuild: ManifestFormat = {
  name: 'sbt',
  matches: (path) => /(^|\/)[\w.-]+\.sbt$/.test(path),
  parse(path, text) {
    const draft = new ManifestDraft(path, this.name, 'maven');
    const { tokens } = gradleTokens(text);
    const values = valuesIn(tokens);
    draft.manifest.name = settingIn(tokens, 'name');
    tokens.forEach((group, index) => {
      const [artifact, version, scope] = [tokens[index + 1], tokens[index + 2], tokens[index + 3]];
      // In `"1.0" % "test"` of a dependency the first string is no group: what stands before it is a string, too.
      if (!isCoordinate(group) || !isCoordinate(artifact) || !version || tokens[index - 1]?.kind === 'text') return;
      if (version.kind !== 'text' && version.kind !== 'word') return;
      const builds = tokens[index - 2]?.text === 'addSbtPlugin';
      const written = version.kind === 'text' ? version.text : (values.get(version.text) ?? null);
      draft.depend(`${group.text}:${artifact.text}`, written, builds || isTest(scope) ? 'dev' : 'runtime', artifact.text);
    });
    return draft.manifest;
  },
};

function isCoordinate(token: GradleToken | undefined): token is GradleToken {
  return token?.kind === 'text' && COORDINATE.test(token.text);
}

function isTest(token: GradleToken | undefined): boolean {
  return token !== undefined && (token.kind === 'text' || token.kind === 'word') && TEST.test(token.text);
}

/** `val playVersion = "3.0.5"`. */
function valuesIn(tokens: readonly GradleToken[]): Map<string, string> {
  const values = new Map<string, string>();
  tokens.forEach(({ text }, index) => {
    const [name, equals, value] = [tokens[index + 1], tokens[index + 2], tokens[index + 3]];
    if (text === 'val' && name?.kind === 'word' && equals?.text === '=' && value?.kind === 'text') values.set(name.text, value.text);
  });
  return values;
}

/** `name := "gavel"`. */
function settingIn(tokens: readonly GradleToken[], setting: string): string | null {
  const index = tokens.findIndex(({ kind, text }, at) => kind === 'word' && text === setting && tokens[at + 1]?.text === ':' && tokens[at + 2]?.text === '=' && tokens[at + 3]?.kind === 'text');
  return index === -1 ? null : (tokens[index + 3]?.text ?? null);
}
