import { packageJson } from './package-json';

const parse = (text: string) => packageJson.parse('web/package.json', text);
const namesOf = (text: string) => parse(text).dependencies.map(({ name, group }) => `${name} ${group}`);

describe('package.json', () => {
  it('says what the app is, needs and runs in', () => {
    const manifest = parse(JSON.stringify({
      name: '@acme/draw', description: ' Draw together ', keywords: ['Canvas', 7, null, 'fun'], license: 'MIT', homepage: 'https://draw.example',
      dependencies: { react: '^18.3.1' }, devDependencies: { vitest: '2' }, peerDependencies: { 'react-dom': '*' }, optionalDependencies: { fsevents: '2' },
      engines: { node: '>=20', npm: '>=10' }, volta: { node: '20.11.0', pnpm: '9.1.0' },
    }));
    expect(manifest).toMatchObject({ name: '@acme/draw', description: 'Draw together', keywords: ['Canvas', '7', 'fun'], licence: 'MIT', homepage: 'https://draw.example', packageManager: 'pnpm', warnings: [] });
    expect(manifest.dependencies.map(({ name, group }) => `${name} ${group}`)).toEqual(['react runtime', 'vitest dev', 'fsevents optional', 'react-dom peer']);
    expect(manifest.dependencies[0]).toEqual({ ecosystem: 'npm', name: 'react', version: '^18.3.1', group: 'runtime', from: 'web/package.json#dependencies.react' });
    expect(manifest.runtimes.map(({ name, version }) => `${name} ${version}`)).toEqual(['node 20.11.0', 'node >=20']);
  });

  it.each([
    ['{"packageManager":"pnpm@9.1.0+sha512.abc"}', 'pnpm'], ['{"packageManager":"yarn@4.1.0"}', 'yarn'], ['{"packageManager":"rm -rf"}', null], ['{"packageManager":7}', null],
    ['{"devEngines":{"packageManager":{"name":"bun"}}}', 'bun'], ['{}', null],
  ])('takes the package manager of %s for %s', (text, manager) => {
    expect(parse(text).packageManager).toBe(manager);
  });

  it.each([['{"license":{"type":"ISC","url":"x"}}', 'ISC'], ['{"licenses":[{"type":"MIT"},{"type":"Apache-2.0"}]}', 'MIT'], ['{"license":["X"]}', 'X'], ['{"license":{}}', null]])('reads the licence of %s', (text, licence) => {
    expect(parse(text).licence).toBe(licence);
  });

  it.each([['[]', 1], ['[{"dependencies":{"react":"1"}}]', 1], ['null', 1], ['42', 1], ['"react"', 1]])('warns of %s, which is no object', (text, line) => {
    expect(parse(text)).toMatchObject({ dependencies: [], warnings: [{ code: 'MANIFEST_INVALID', path: 'web/package.json', line, message: 'web/package.json, line 1: is not a JSON object' }] });
  });

  it.each([
    ['{\n  "name": "draw",\n  "dependencies": { "react": "18", },\n}', 3, 'react runtime'],
    ['{\n  // what we use\n  "dependencies": { "react": "18" }\n}', 2, 'react runtime'],
    ['{\n  "dependencies": {\n    "react": "18"\n    "vue": "3"\n  }\n}', 4, 'react runtime'],
    ['{\n  "dependencies": {\n    "react": "18"', 3, 'react runtime'],
    ['{\n<<<<<<< HEAD\n  "dependencies": { "react": "18" }\n=======\n  "dependencies": { "react": "19" }\n>>>>>>> next\n}', 2, 'react runtime'],
  ])('tells the line where %j is wrong, and keeps what it could read', (text, line, dependency) => {
    expect(parse(text).warnings).toMatchObject([{ code: 'MANIFEST_INVALID', line }]);
    expect(namesOf(text)).toContain(dependency);
  });

  it('tells the line of a group that is a list', () => {
    const manifest = parse('{\n  "name": "draw",\n  "dependencies": ["react"],\n  "devDependencies": {"vite": "7"}\n}');
    expect(manifest.warnings).toMatchObject([{ line: 3, message: expect.stringContaining('"dependencies" is not a map') }]);
    expect(manifest.dependencies.map(({ name }) => name)).toEqual(['vite']);
  });

  it('takes names of what objects inherit for names', () => {
    const text = '{"dependencies":{"__proto__":"1","constructor":"2","toString":"3","hasOwnProperty":"4"},"__proto__":{"name":"evil","devDependencies":{"vite":"1"}}}';
    expect(namesOf(text)).toEqual(['__proto__ runtime', 'constructor runtime', 'toString runtime', 'hasOwnProperty runtime']);
    expect(parse(text).name).toBeNull();
    // The tolerant way too.
    expect(namesOf(`${text.slice(0, -1)},}`)).toEqual(['__proto__ runtime', 'constructor runtime', 'toString runtime', 'hasOwnProperty runtime']);
    expect(Object.prototype).not.toHaveProperty('devDependencies');
  });

  it('counts the last of two equal keys, as npm does', () => {
    expect(parse('{"dependencies":{"react":"17","react":"18"}}').dependencies).toMatchObject([{ version: '18' }]);
  });

  it('leaves out names that no registry has', () => {
    expect(namesOf(JSON.stringify({ dependencies: { '': '1', 'a b': '1', 'line\nbreak': '1', ['x'.repeat(300)]: '1', ok: { nested: true } } }))).toEqual(['ok runtime']);
  });

  it('stops counting at two thousand', () => {
    const manifest = parse(JSON.stringify({ dependencies: Object.fromEntries(Array.from({ length: 100_000 }, (_, index) => [`p${index}`, '1'])) }));
    expect(manifest.dependencies).toHaveLength(2_000);
    expect(manifest.warnings).toHaveLength(1);
  });

  it('bears nesting without end', () => {
    for (const text of ['['.repeat(500_000), '{"a":'.repeat(100_000), `{"dependencies":${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}}`]) expect(parse(text).dependencies.length).toBeLessThan(2);
  });
});
