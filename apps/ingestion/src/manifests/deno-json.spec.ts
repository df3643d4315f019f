import { denoJson } from './deno-json';

const dependenciesOf = (imports: unknown) => denoJson.parse('deno.json', JSON.stringify({ imports })).dependencies.map(({ ecosystem, name, version, from }) => [ecosystem, name, version, from]);

describe('deno.json', () => {
  it('names packages of both registries as each calls them', () => {
    expect(dependenciesOf({ hono: 'jsr:@hono/hono@^4.6.3', 'preact/': 'npm:/preact@^10.24.2/', x: 'npm:@a/b', y: 'jsr:@std/path@1/posix' })).toEqual([
      ['jsr', '@hono/hono', '^4.6.3', 'deno.json#imports.hono'],
      ['npm', 'preact', '^10.24.2', 'deno.json#imports.preact/'],
      ['npm', '@a/b', null, 'deno.json#imports.x'],
      ['jsr', '@std/path', '1', 'deno.json#imports.y'],
    ]);
  });

  it('leaves out what is of no registry', () => {
    expect(dependenciesOf({ a: 'https://deno.land/x/oak/mod.ts', b: './lib.ts', c: 7, d: 'npm:', e: 'jsr:@', __proto__: 'npm:x' })).toEqual([]);
    expect(dependenciesOf(['npm:preact'])).toEqual([]);
  });

  it('takes comments, and warns of what is no JSON', () => {
    expect(denoJson.parse('deno.jsonc', '{ // why\n "name": "@me/app" /* x */ }')).toMatchObject({ name: '@me/app', warnings: [] });
    expect(denoJson.parse('deno.json', '{ "imports": ').warnings).toHaveLength(1);
    expect(denoJson.parse('deno.json', '[]').warnings).toHaveLength(1);
  });
});
