import type { Tag } from '@osiris/contracts';
import { contentsOf, repositoryOf } from '../../fixtures/fixture-repository';
import { type Dependency, emptyManifest, type Manifest } from '../manifests/manifest';
import { ALL_DETECTORS } from './all-detectors';
import { cluesOf, detect, type Evidence, wantedByPatterns } from './detect';
import type { Detector } from './detector';

type Packages = Record<string, string | [version: string | null, group: Dependency['group']]>;

function npmManifest(path: string, packages: Packages, name: string | null = null): Manifest {
  const dependencies = Object.entries(packages).map(([one, about]): Dependency => {
    const [version, group] = typeof about === 'string' ? ([about, 'runtime'] as const) : about;
    return { ecosystem: 'npm', name: one, version, group, from: `${path}#${group}.${one}` };
  });
  return { ...emptyManifest(path, 'package.json', 'npm'), name, dependencies };
}

function tags(detectors: readonly Detector[], { paths = [], texts = {}, about = {}, ...evidence }: Partial<Evidence> & { paths?: string[]; texts?: Record<string, string>; about?: { dockerfilePath?: string } }): Tag[] {
  const repository = repositoryOf([...paths, ...Object.keys(texts)], about);
  return detect(detectors, { repository, contents: contentsOf(texts), manifests: [], images: [], ...evidence });
}

const told = (...args: Parameters<typeof tags>): string[] => tags(...args).map(({ key, value }) => `${key}:${value}`);

const FILE: Detector = { tag: 'a:file', some: [{ file: 'config/app.toml' }] };

describe('detect', () => {
  it('says which file and which rule gave the tag', () => {
    const next: Detector = { tag: 'framework:nextjs', some: [{ package: 'npm:next' }], version: 'npm:next', confidence: 0.95 };
    expect(tags([next], { manifests: [npmManifest('package.json', { next: '^15.1.0' })] })).toEqual([
      { key: 'framework', value: 'nextjs', source: 'auto', from: 'package.json#runtime.next (framework:nextjs)', confidence: 0.95 },
      { key: 'framework-version', value: '15', source: 'auto', from: 'package.json#runtime.next (framework:nextjs)', confidence: 0.95 },
    ]);
  });

  it('names the line of a pattern, and the rule behind the longest path', () => {
    const pattern: Detector = { tag: 'a:b', some: [{ pattern: /^yes$/m, in: '*.txt' }] };
    const path = `${'x'.repeat(450)}.txt`;
    expect(tags([pattern], { texts: { 'one.txt': 'no\nyes\n' } })[0]?.from).toBe('one.txt#line 2 (a:b)');
    expect(tags([pattern], { texts: { [path]: 'yes' } })[0]?.from).toMatch(/^…x+\.txt#line 1 \(a:b\)$/);
  });

  it('needs every one of `every`, some of `some` and none of `none`', () => {
    const detector: Detector = { tag: 'a:b', every: [{ file: 'a' }, { file: 'b' }], some: [{ file: 'c' }, { file: 'd' }], none: [{ file: 'e' }] };
    const of = (paths: string): boolean => told([detector], { paths: paths.split('') }).length > 0;
    expect(['abc', 'abd', 'abcd'].filter(of)).toEqual(['abc', 'abd', 'abcd']);
    expect(['ab', 'ac', 'bcd', 'abce', 'e', ''].filter(of)).toEqual([]);
  });

  it('needs of a group what the group says, within `none` too', () => {
    const group: Detector = { tag: 'a:b', some: [{ file: 'x' }, { every: [{ file: 'a' }], none: [{ file: 'b' }] }], none: [{ every: [{ file: 'c' }, { file: 'd' }] }] };
    expect(['a', 'ax', 'abx', 'ac', 'ad'].filter((paths) => told([group], { paths: paths.split('') }).length > 0)).toEqual(['a', 'ax', 'abx', 'ac', 'ad']);
    expect(['ab', 'acd', 'xcd'].filter((paths) => told([group], { paths: paths.split('') }).length > 0)).toEqual([]);
  });

  it.each([
    ['the root', ['config/app.toml'], true], ['any case', ['Config/App.TOML'], true], ['below a folder of the app', ['web/config/app.toml'], true],
    ['the end of a longer name', ['myconfig/app.toml'], false], ['examples', ['examples/config/app.toml'], false], ['another folder', ['app.toml'], false],
    ['deeper than apps have it', ['a/b/c/d/e/config/app.toml'], false], ['a path without end', [`${'a/'.repeat(3)}${'b'.repeat(4_000)}/config/app.toml`], false],
  ])('looks for a file in %s', (_where, paths, seen) => {
    expect(told([FILE], { paths })).toEqual(seen ? ['a:file'] : []);
  });

  it.each([
    ['*.vue', 'src/App.vue', true], ['*.{jsx,tsx}', 'src/App.TSX', true], ['*.{jsx,tsx}', 'src/app.ts', false], ['{base,root}.{html,html.erb}', 'views/root.html.erb', true], ['{base,root}.{html,html.erb}', 'views/root.erb', false], ['hugo.{toml,yaml}', 'hugo.toml', true],
    ['_posts/*.md', 'blog/_posts/a.md', true], ['_posts/*.md', '_posts/a/b.md', false], ['{a/b,c}/*.md', 'a/b/x.md', true], ['lib{,.min}.js', 'x/lib.min.js', true],
    ['content/**/_index.md', 'content/_index.md', true], ['.hidden', '.hidden', true], ['themes/*/**', 'themes/one/layout/x', true], ['*', 'anything', true], ['*.vue', 'example/App.vue', false],
  ])('finds by %s whether there is %s', (glob, path, seen) => {
    expect(told([{ tag: 'a:b', some: [{ glob }] }], { paths: ['README.md', path] })).toEqual(seen ? ['a:b'] : []);
  });

  it('counts three quarters of what lies aside of the main folders, and shows the main one where it can', () => {
    expect(tags([FILE], { paths: ['web/config/app.toml'] })[0]).toMatchObject({ confidence: 0.68 });
    const either: Detector = { tag: 'a:b', some: [{ file: 'a' }, { file: 'b' }] };
    expect(tags([either], { paths: ['b', 'x/a'] })[0]).toMatchObject({ from: 'b (a:b)', confidence: 0.9 });
    expect(tags([either], { paths: ['x/a'], about: { dockerfilePath: 'x/Dockerfile' } })[0]).toMatchObject({ confidence: 0.9 });
    // A "#" in a folder's name does not make it a main one.
    expect(tags([{ tag: 'a:b', some: [{ package: 'npm:next' }] }], { manifests: [npmManifest('x#/y/package.json', { next: '1' })] })[0]).toMatchObject({ confidence: 0.68 });
  });

  it('takes what serves development only where that is said, and what a library expects of others never', () => {
    const strict: Detector = { tag: 'a:strict', some: [{ package: 'npm:x' }] };
    const lax: Detector = { tag: 'a:lax', some: [{ package: 'npm:x', dev: true }] };
    const of = (...manifests: Manifest[]): string[] => told([strict, lax], { manifests });
    const [dev, peer] = [npmManifest('package.json', { x: ['1', 'dev'] }), npmManifest('package.json', { x: ['1', 'peer'] })];
    expect(of(npmManifest('package.json', { x: '1' }))).toEqual(['a:strict', 'a:lax']);
    expect(of(npmManifest('package.json', { x: ['1', 'optional'] }))).toEqual(['a:strict', 'a:lax']);
    expect(of(dev)).toEqual(['a:lax']);
    expect(of(peer)).toEqual([]);
    expect(of({ ...dev, dependencies: [...dev.dependencies, ...peer.dependencies] })).toEqual([]);
    expect(of(dev, { ...peer, path: 'lib/package.json' })).toEqual(['a:lax']);
  });

  it('lets `*` stand for the rest of a package\'s name', () => {
    const detector: Detector = { tag: 'a:b', some: [{ package: 'npm:@a/*' }] };
    expect(['@a/b', '@a/'].filter((name) => told([detector], { manifests: [npmManifest('package.json', { '0': '1', [name]: '1', z: '1' })] }).length > 0)).toEqual(['@a/b', '@a/']);
    expect(['@a', '@b/a', '@a-b/c', 'constructor', '__proto__'].filter((name) => told([detector], { manifests: [npmManifest('package.json', { [name]: '1' })] }).length > 0)).toEqual([]);
  });

  it('tells an image that is run from one that the app is built on', () => {
    const detectors: Detector[] = [{ tag: 'a:run', some: [{ image: 'nginx' }] }, { tag: 'a:built', some: [{ base: 'nginx' }] }];
    expect(told(detectors, { images: [{ name: 'nginx', from: 'compose.yml#services.web.image' }] })).toEqual(['a:run']);
    expect(told(detectors, { images: [{ name: 'nginx', from: 'Dockerfile#FROM nginx', base: true }] })).toEqual(['a:run', 'a:built']);
  });

  it('looks at the Dockerfile that is built, not at another', () => {
    const detector: Detector = { tag: 'a:b', some: [{ dockerfile: /hugo/ }] };
    expect(told([detector], { texts: { Dockerfile: 'RUN hugo', 'b/Dockerfile': 'RUN x' } })).toEqual(['a:b']);
    expect(told([detector], { texts: { Dockerfile: 'RUN x', 'b/Dockerfile': 'RUN hugo' } })).toEqual([]);
  });
});

describe('the version of what another contains', () => {
  const REACT: Detector = { tag: 'framework:react', some: [{ package: 'npm:react' }], version: 'npm:react' };
  const NEXT: Detector = { tag: 'framework:nextjs', some: [{ package: 'npm:next' }, { file: 'next.config.js' }], version: 'npm:next', contains: ['framework:react'] };
  const versions = (manifests: Manifest[], paths: string[] = []): string[] => told([REACT, NEXT], { manifests, paths }).filter((tag) => tag.startsWith('framework-version:'));
  const web = npmManifest('apps/web/package.json', { next: '15', react: '19', ui: 'workspace:*' }, 'web');

  it('is told where that is not there', () => {
    expect(versions([npmManifest('package.json', { react: '^18' })])).toEqual(['framework-version:18']);
  });
  it('is left out where that is there', () => {
    expect(versions([web])).toEqual(['framework-version:15']);
  });
  it('is left out in what the app is put together from, and in what it has in common with others', () => {
    expect(versions([web, npmManifest('packages/ui/package.json', { react: '17', icons: '*' }, 'ui'), npmManifest('packages/icons/package.json', { react: '16' }, 'icons'), npmManifest('package.json', { react: '18' })])).toEqual(['framework-version:15']);
  });
  it('is told of another app beside it', () => {
    expect(versions([web, npmManifest('apps/admin/package.json', { react: '18' }, 'admin')])).toEqual(['framework-version:18', 'framework-version:15']);
  });
  it('is left out where it cannot be told whose it is', () => {
    expect(versions([npmManifest('package.json', { react: '18' })], ['next.config.js'])).toEqual([]);
  });
  it('is taken from a manifest that has one', () => {
    expect(versions([npmManifest('package.json', { react: [null, 'runtime'] }), npmManifest('app/package.json', { react: 'latest' }), npmManifest('web/package.json', { react: '18' })])).toEqual(['framework-version:18']);
  });
  it('does not go round for ever among members that need each other', () => {
    expect(versions([npmManifest('a/package.json', { next: '15', b: '*' }, 'a'), npmManifest('b/package.json', { a: '*', react: '19' }, 'b')])).toEqual(['framework-version:15']);
  });
});

describe('wantedByPatterns', () => {
  it('names the Dockerfile and a few files of each glob, nearest to the root', () => {
    const detector: Detector = { tag: 'a:b', some: [{ every: [{ pattern: /x/, in: '*.html' }] }] };
    const pages = Array.from({ length: 20 }, (_, index) => `p${String(index).padStart(2, '0')}.html`);
    expect(wantedByPatterns([detector], repositoryOf(pages))).toEqual(['Dockerfile', ...pages.slice(0, 8)]);
  });
  it('sees views of a server in folders of templates, no projects there', () => {
    const detector: Detector = { tag: 'a:b', some: [{ pattern: /x/, in: '{base.html,package.json}' }] };
    expect(wantedByPatterns([detector], repositoryOf(['shop/templates/base.html', 'templates/starter/package.json', 'examples/templates/base.html']))).toEqual(['Dockerfile', 'shop/templates/base.html']);
  });
});

describe('patterns', () => {
  const patterns = [...new Set(ALL_DETECTORS.flatMap((detector) => cluesOf(detector).flatMap((clue) => ('pattern' in clue ? [clue.pattern] : 'dockerfile' in clue ? [clue.dockerfile] : []))))];
  const parts = ['a', ' ', '\n', '\t ', '"', '<script ', '<script src="', '<script src=a/', 'from ', 'from tornado import ', 'import x\n', 'CMD ', 'CMD serve ', 'FROM a\n', '/', 'a/', '[', '{"a": ', '= ', '"lit" : ', 'class A < ', '#', 'x=1\n', '(', 'RUN make ', 'make ', '<script src="a/', 'from "https://', 'class a < Rails'];

  // Where the time grew with the square of the length, or faster, this would not end within the time that a test has: four times of what is read of a file.
  it.each(parts)('are done with 256 KiB of %j in a moment', (part) => {
    const text = part.repeat(Math.ceil(262_144 / part.length));
    for (const pattern of patterns) expect(typeof pattern.test(text)).toBe('boolean');
  });
});
