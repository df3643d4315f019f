import fc from 'fast-check';
import { Spec, Validation } from '@cyclonedx/cyclonedx-library';
import { contentsOf, repositoryOf } from '../../fixtures/fixture-repository';
import { cycloneDxDocument } from '../bill-of-materials/cyclonedx-document';
import { gatherMaterials } from '../bill-of-materials/gather-materials';
import { MAX_MATERIALS } from '../bill-of-materials/materials';
import { ALL_LOCKS, lockFormatOf, parseLockFile } from './all-lock-files';
import { MAX_LOCKED } from './lock-file';

const PATHS = ['pnpm-lock.yaml', 'yarn.lock', 'bun.lock', 'package-lock.json', 'deno.lock', 'uv.lock', 'poetry.lock', 'Pipfile.lock', 'Cargo.lock', 'go.mod', 'composer.lock', 'Gemfile.lock', 'mix.lock', 'packages.lock.json', 'gradle.lockfile'];
/** What lock files are made of, in any order. */
const PIECES = ['{', '}', '[', ']', '"', "'", '\n', '  ', '    ', '      ', ': ', ', ', '=', '==', '@', '^1', '1.2.3', '(', ')', 'packages:\n', '"packages": {', '"dependencies": {', 'dependencies:\n', '[[package]]\n', 'name = "a"\n', 'version = "1.0"\n', 'source = "r"\n', 'version "1.0.0"', 'a@^1:\n', '/a/1.0.0:\n', 'specs:\n', '    a (1.0)\n', 'require a v1.0.0\n', 'replace a => b v1\n', '"a": {:hex, :a, "1.0"', 'g:a:1=runtimeClasspath\n', 'node_modules/', '__proto__', 'constructor', '"version": "1.0"', '\u0000', '\u202e', '\ud800', '../..', '?x=1#y', '%2e%2e'];
const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 200 }), fc.array(fc.constantFrom(...PIECES), { maxLength: 120 }).map((pieces) => pieces.join('')), fc.json());
const app = { name: 'a', commitSha: 'c'.repeat(40), repoUrl: 'https://h.example/a/b', dockerfilePath: 'Dockerfile', licences: [], readersVersion: '1' };
const validator = new Validation.JsonStrictValidator(Spec.Version.v1dot6);

/** The document of an app with these files. */
async function documentOf(files: Record<string, string>) {
  const materials = await gatherMaterials(repositoryOf(Object.keys(files)), contentsOf(files));
  return { materials, text: cycloneDxDocument(app, materials) };
}
const npmLock = (packages: Record<string, unknown>): string => JSON.stringify({ lockfileVersion: 3, packages });

describe('lock files of strangers', () => {
  it('has a path here for every format', () => {
    expect(new Set(PATHS.map(lockFormatOf))).toEqual(new Set(ALL_LOCKS));
  });

  it.each(PATHS)('%s: whatever it holds, what comes of it is bounded and a valid document', async (path) => {
    await fc.assert(
      fc.asyncProperty(text, async (written) => {
        // The format itself throws nothing: `parseLockFile` would only hide it.
        const lock = lockFormatOf(path)?.parse(path, written);
        for (const { name, version, dependsOn } of lock?.packages.values() ?? []) {
          expect(name.length + version.length).toBeLessThanOrEqual(600);
          expect(dependsOn.every((key) => typeof key === 'string')).toBe(true);
        }
        expect(await validator.validate((await documentOf({ [path]: written })).text)).toBeNull();
      }),
      { numRuns: 80 },
    );
  });

  it.each([
    ['package-lock.json', `{"packages":${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}}`],
    ['package-lock.json', `${'{"dependencies":{"a":'.repeat(2_000)}{}${'}}'.repeat(2_000)}`],
    ['bun.lock', `{"packages":${'['.repeat(100_000)}`],
    ['uv.lock', `package = ${'['.repeat(100_000)}`],
    ['composer.lock', `{"packages":${'['.repeat(50_000)}${']'.repeat(50_000)}}`],
    ['pnpm-lock.yaml', 'a:\n'.repeat(200_000)],
    ['yarn.lock', `${'a@1, '.repeat(200_000)}:\n`],
    ['Gemfile.lock', `  specs:\n${'    a (1)\n'.repeat(100_000)}`],
    ['mix.lock', `  "a": {:hex, :a, "1", ${'{:b, "1", [hex: :b'.repeat(100_000)}\n`],
    ['gradle.lockfile', `g:a:1=${'testRuntimeClasspath,'.repeat(100_000)}\n`],
  ])('%s: nesting and repetition without end are no matter', async (path, written) => {
    expect(parseLockFile(path, written)?.packages.size).toBeLessThanOrEqual(1);
    expect(await validator.validate((await documentOf({ [path]: written })).text)).toBeNull();
  });

  it('takes as many of a hundred thousand packages as a document has room for, those that the app asks for first', async () => {
    const packages = Object.fromEntries(Array.from({ length: 100_000 }, (_, index) => [`node_modules/p${index}`, { version: '1.0.0', dependencies: { [`p${index + 1}`]: '1' } }]));
    const { materials } = await documentOf({ 'package-lock.json': npmLock(packages), 'package.json': '{"dependencies":{"p19999":"1"}}', 'ui/package-lock.json': npmLock({ 'node_modules/q': { version: '1.0.0' } }), 'ui/package.json': '{"dependencies":{"q":"1"}}' });
    expect(materials.materials.size).toBe(MAX_MATERIALS);
    expect([...materials.materials.keys()].slice(0, 3)).toEqual(['pkg:npm/p19999@1.0.0', 'pkg:npm/q@1.0.0', 'pkg:npm/p0@1.0.0']);
    expect(materials.warnings.map(({ code, path }) => [code, path])).toEqual([['FILE_TRUNCATED', 'package-lock.json'], ['FILE_TRUNCATED', null]]);
    expect(parseLockFile('package-lock.json', npmLock(packages))?.packages.size).toBe(MAX_LOCKED);
  });

  it('takes names of prototypes for names', async () => {
    const lock = '{"packages":{"node_modules/__proto__":{"version":"1.0.0"},"node_modules/constructor":{"version":"2.0.0","dependencies":{"__proto__":"1","toString":"1"}}}}';
    expect([...(await documentOf({ 'package-lock.json': lock })).materials.materials.keys()]).toEqual(['pkg:npm/__proto__@1.0.0', 'pkg:npm/constructor@2.0.0']);
    expect(({} as Record<string, unknown>)['version']).toBeUndefined();
  });

  it.each(['a?checksum=sha256:0#x', '../../etc/passwd', 'a@9.9.9', 'a%2f..%2fb', 'a\nb', 'a\u202eb', '@x/y/z', '@/y', 'a b', '.', '..', 'javascript:alert(1)', '<script>'])('a package called %j is none', async (name) => {
    const packages = { [`node_modules/${name}`]: { version: '1.0.0' }, 'node_modules/b': { name, version: '1.0.0' } };
    expect([...(await documentOf({ 'package-lock.json': npmLock(packages) })).materials.materials.keys()]).toEqual([]);
    expect([...(await documentOf({ 'composer.lock': JSON.stringify({ packages: [{ name: `v/${name}`, version: '1' }] }) })).materials.materials.keys()]).toEqual([]);
  });

  it.each(['1.0.0?repository_url=https://evil.example', '1.0.0#sub', '1.0.0@2', '1.0.0\u202e', '../1', '1 2'])('a version like %j stays out of the package URL', async (version) => {
    const { materials } = await documentOf({ 'package-lock.json': npmLock({ 'node_modules/a': { version } }) });
    expect([...materials.materials.values()].map(({ ref, version: exact }) => [ref, exact])).toEqual([['pkg:npm/a', null]]);
  });

  it('says nothing of credentials', async () => {
    const { text: document } = await documentOf({
      'package.json': '{"dependencies":{"a":"git+https://ada:s3cret@git.example/a.git","b":"https://s3cret@h.example/b.tgz"}}',
      'package-lock.json': npmLock({ 'node_modules/c': { version: 'git+ssh://git:s3cret@h.example/c.git#1', resolved: 'https://ada:s3cret@h.example/c' } }),
    });
    expect(document).toContain('git.example/a.git');
    expect(document).not.toContain('s3cret');
  });
});
