import { contentsOf, repositoryOf } from '../../fixtures/fixture-repository';
import { appManifests, wantedManifests } from '../manifests/app-manifests';
import { manifestsReader } from './manifests.reader';
import type { Reading, Repository } from './reader';

const read = (files: Record<string, string>, about: Partial<Repository> = {}) => manifestsReader.read(contentsOf(files), repositoryOf(Object.keys(files), about)) as Reading;

describe('the reader of manifests', () => {
  it('takes name without scope, description and keywords', () => {
    const reading = read({ 'package.json': '{"name":"@acme/draw","description":"Draw together","keywords":["Canvas","fun","canvas",7]}' });
    expect(reading).toMatchObject({ name: 'draw', description: 'Draw together' });
    expect(reading.tags?.map(({ key, value, from }) => `${key}:${value} ${from}`)).toEqual(['keyword:canvas package.json#keywords', 'keyword:fun package.json#keywords', 'keyword:7 package.json#keywords']);
  });

  it('prefers the manifest beside the Dockerfile to that of the root, a workspace', () => {
    const files = { 'package.json': '{"name":"monorepo","private":true,"workspaces":["apps/*"]}', 'apps/shop/package.json': '{"name":"shop","description":"A shop"}' };
    expect(read(files, { dockerfilePath: 'apps/shop/Dockerfile' })).toMatchObject({ name: 'shop', description: 'A shop' });
    expect(read(files)).toMatchObject({ name: 'monorepo', description: undefined });
  });

  it('takes the description from the manifest that has one', () => {
    expect(read({ 'package.json': '{"name":"assets","private":true}', 'composer.json': '{"name":"ada/shop","description":"A shop"}' })).toMatchObject({ name: 'shop', description: 'A shop' });
  });

  it.each([
    ['package.json', '{"name":"my-app","description":""}'], ['pyproject.toml', '[project]\nname = "app"\ndescription = "Add your description here"'], ['composer.json', '{"name":"laravel/laravel","description":"The skeleton application for the Laravel framework."}'],
  ])('takes nothing that a generator left in %s', (path, text) => {
    expect(read({ [path]: text })).toMatchObject({ name: undefined, description: undefined });
  });

  it('hands on what is wrong with any of them', () => {
    expect(read({ 'package.json': '[]', 'web/package.json': '{' }).warnings?.map(({ path }) => path)).toEqual(['package.json', 'web/package.json']);
  });

  it('bounds keywords', () => {
    const keywords = [...Array.from({ length: 1_000 }, (_, index) => `word${index}`), 'x'.repeat(1_000)];
    expect(read({ 'package.json': JSON.stringify({ keywords }) }).tags).toHaveLength(30);
  });
});

describe('appManifests', () => {
  it('wants those of the main folders first, at most forty, none of tests and examples', () => {
    const aside = Array.from({ length: 60 }, (_, index) => `packages/p${index}/package.json`);
    const wanted = wantedManifests(repositoryOf([...aside, 'package.json', 'examples/a/package.json', 'tests/go.mod', 'api/go.mod', 'node_modules/x/package.json'], { dockerfilePath: 'api/Dockerfile' }));
    expect(wanted.slice(0, 2)).toEqual(['package.json', 'api/go.mod']);
    expect(wanted).toHaveLength(40);
    expect(wanted.slice(2).every((path) => path.startsWith('packages/'))).toBe(true);
  });

  it('parses each file once, whichever map it comes in', () => {
    const repository = repositoryOf(['package.json']);
    const contents = contentsOf({ 'package.json': '{"name":"draw"}' });
    const [manifest] = appManifests(repository, contents);
    expect(appManifests(repository, contents)[0]).toBe(manifest);
    expect(appManifests(repository, new Map(contents))[0]).toBe(manifest);
  });

  it('leaves out what is beyond a million and a half characters', () => {
    const text = JSON.stringify({ name: 'a', description: 'x'.repeat(600_000) });
    const paths = ['package.json', 'a/package.json', 'b/package.json'];
    expect(appManifests(repositoryOf(paths), contentsOf(Object.fromEntries(paths.map((path) => [path, text])))).map(({ path }) => path)).toEqual(['package.json', 'a/package.json']);
  });
});
