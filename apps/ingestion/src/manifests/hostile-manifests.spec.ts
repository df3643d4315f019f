import fc from 'fast-check';
import { ALL_FORMATS, formatOf, loadGrammarsFor, parseManifest } from './all-formats';
import { MAX_DEPENDENCIES } from './manifest-draft';

const PATHS = ['package.json', 'pyproject.toml', 'requirements.txt', 'Pipfile', 'setup.cfg', 'environment.yml', 'go.mod', 'Cargo.toml', 'Gemfile', 'composer.json', 'pom.xml', 'build.gradle', 'settings.gradle.kts', 'gradle/libs.versions.toml', 'App.csproj', 'Directory.Packages.props', 'global.json', 'mix.exs', 'build.sbt', 'deno.json', 'pnpm-workspace.yaml'];

/** What formats are made of, in any order: nearer to what they understand than any letters are. */
const PIECES = ['{', '}', '[', ']', '(', ')', '<', '>', '</', '"', "'", '`', '\\', '\n', '\t', ' ', ':', ',', '=', '#', '//', '/*', '*/', '$', '${', '#{', '%w(', '~s(', '&a', '*a', '<<', '-', '- ', '@', '|', '"""', "'''", '[[', ']]',
  'dependencies', 'project', 'gem ', 'group :test do', 'end', 'defmodule A do', 'def deps do', 'require', 'libs.a', 'plugins', 'id', 'version', 'implementation', '__proto__', 'constructor', 'a', 'a:b:1', '1.0', '\u0000', '\ud800', '\ufeff', '\u202e', '-r ', '--hash=', '; python_version', '@ https://'];
const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), fc.array(fc.constantFrom(...PIECES), { maxLength: 150 }).map((pieces) => pieces.join('')), fc.json(), fc.json().map((json) => json.slice(0, -1)));

beforeAll(() => loadGrammarsFor(PATHS));

describe('manifests of strangers', () => {
  it('has a path here for every format', () => {
    expect(new Set(PATHS.map((path) => formatOf(path)?.name))).toEqual(new Set(ALL_FORMATS.map(({ name }) => name)));
  });

  it.each(PATHS)('%s: whatever it holds, what comes of it is bounded and clean', (path) => {
    fc.assert(
      fc.property(text, (written) => {
        const format = formatOf(path)!;
        // The format itself throws nothing: `parseManifest` would only hide it.
        const manifest = format.parse(path, written);
        expect(manifest.path).toBe(path);
        expect(manifest.dependencies.length).toBeLessThanOrEqual(MAX_DEPENDENCIES);
        for (const { name, version, from } of manifest.dependencies) {
          expect(name).toMatch(/^[^\s\p{Cc}]{1,214}$/u);
          expect(version ?? 'x').toMatch(/^[^\p{Cc}]{1,200}$/u);
          expect(from.startsWith(`${path}#`)).toBe(true);
        }
        for (const { code, line, message } of manifest.warnings) {
          expect(code).toBe('MANIFEST_INVALID');
          expect(line === null || (line >= 1 && line <= written.split(/\r\n?|\n/).length)).toBe(true);
          expect(message.length).toBeLessThanOrEqual(300);
        }
      }),
      { numRuns: 150 },
    );
  });

  it.each(PATHS)('%s: the same text gives the same manifest', (path) => {
    fc.assert(fc.property(text, (written) => expect(parseManifest(path, written)).toEqual(parseManifest(path, written))), { numRuns: 20 });
  });
});
