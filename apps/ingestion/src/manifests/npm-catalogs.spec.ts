import { pnpmWorkspace } from './npm-catalogs';
import { packageJson } from './package-json';
import { resolveManifests } from './resolve-manifests';

const WORKSPACE = 'packages: [a]\ncatalog:\n  vue: ^3.5.12\n  __proto__: 1\ncatalogs:\n  old:\n    vue: ^2.7.0\n  default:\n    vite: ^5\n';

const versionsOf = (dependencies: object, ...others: ReturnType<typeof packageJson.parse>[]) =>
  resolveManifests([...others, packageJson.parse('a/package.json', JSON.stringify({ dependencies }))]).at(-1)?.dependencies.map(({ name, version }) => `${name} ${version}`);

describe('catalogues of versions', () => {
  it('lay down what members ask for, each by its name', () => {
    const workspace = pnpmWorkspace.parse('pnpm-workspace.yaml', WORKSPACE);
    expect(workspace).toMatchObject({ packageManager: 'pnpm', dependencies: [], warnings: [] });
    expect(versionsOf({ vue: 'catalog:', vite: 'catalog:default', pinia: 'catalog:', constructor: 'catalog:', lit: '^3' }, workspace)).toEqual(['vue ^3.5.12', 'vite ^5', 'pinia catalog:', 'constructor catalog:', 'lit ^3']);
    expect(versionsOf({ vue: 'catalog:old' }, workspace)).toEqual(['vue ^2.7.0']);
    expect(versionsOf({ vue: 'catalog:' })).toEqual(['vue catalog:']);
  });

  it('stand in the root manifest of Bun', () => {
    const of = (root: object) => versionsOf({ react: 'catalog:', zod: 'catalog:test' }, packageJson.parse('package.json', JSON.stringify(root)));
    const catalogs = { catalog: { react: '^19.0.0' }, catalogs: { test: { zod: '^3' } } };
    expect(of({ workspaces: { packages: ['a'], ...catalogs } })).toEqual(['react ^19.0.0', 'zod ^3']);
    expect(of(catalogs)).toEqual(['react ^19.0.0', 'zod ^3']);
    expect(of({ workspaces: ['a'], catalog: 'x', catalogs: [1] })).toEqual(['react catalog:', 'zod catalog:test']);
  });

  it('warn where they do not parse', () => {
    expect(pnpmWorkspace.parse('pnpm-workspace.yaml', 'catalog: [').warnings).toEqual([expect.objectContaining({ code: 'MANIFEST_INVALID', line: 1 })]);
  });
});

describe('aliases of npm', () => {
  it('are what they stand for', () => {
    expect(versionsOf({ react: 'npm:@preact/compat@^17.1.2', next: 'npm:next@15', old: 'npm:lodash', odd: 'npm:@x' })).toEqual(['@preact/compat ^17.1.2', 'next 15', 'lodash npm:lodash', 'odd npm:@x']);
  });
});
