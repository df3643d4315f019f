import { packageJsonReader } from './package-json.reader';
import { contentsOf } from '../../fixtures/fixture-repository';
import type { Reading, Repository } from './reader';

const repository = (...paths: string[]): Repository => ({ files: paths.map((path) => ({ path, bytes: 1 })), dockerfilePath: 'Dockerfile', commitSha: 'c'.repeat(40), publicUrl: null });
const read = (text: string, at = repository('package.json')) => packageJsonReader.read(contentsOf({ ['package.json']: text }), at) as Reading;
const tagsOf = (manifest: object, at = repository('package.json')) => read(JSON.stringify(manifest), at).tags?.map(({ key, value, from }) => `${key}:${value} ${from}`);

describe('the reader of package.json', () => {
  it('takes name without scope, description and keywords', () => {
    const reading = read(JSON.stringify({ name: '@acme/draw', description: 'Draw together', keywords: ['Canvas', 'fun', 7] }));
    expect(reading).toMatchObject({ name: 'draw', description: 'Draw together' });
    expect(reading.tags).toContainEqual({ key: 'keyword', value: 'canvas', source: 'auto', from: 'package.json#keywords' });
    expect(reading.tags).toHaveLength(3);
  });

  it.each([
    ['next', 'nextjs'], ['@nestjs/core', 'nestjs'], ['socket.io', 'socket.io'], ['@angular/core', 'angular'], ['vue', 'vue'], ['three', 'three'],
  ])('knows %s as %s', (name, framework) => {
    expect(tagsOf({ dependencies: { [name]: '1' } })).toContain(`framework:${framework} package.json#dependencies.${name}`);
  });

  it('says which group named the package, and does not mistake a similar name', () => {
    expect(tagsOf({ devDependencies: { vite: '^8' } })).toContain('framework:vite package.json#devDependencies.vite');
    expect(tagsOf({ dependencies: { 'react-like': '1', constructor: '1', toString: '1' } })).toEqual(['language:javascript package.json']);
  });

  it('tells TypeScript from JavaScript', () => {
    expect(tagsOf({ devDependencies: { typescript: '6' } })).toEqual(['language:typescript package.json#devDependencies.typescript']);
    expect(tagsOf({}, repository('package.json', 'tsconfig.json'))).toEqual(['language:typescript tsconfig.json']);
    expect(tagsOf({})).toEqual(['language:javascript package.json']);
  });

  it.each(['[]', '[1]', 'null', '"x"', '3', '{', '', '{"name": }'])('warns of %j', (text) => {
    const reading = read(text);
    expect(reading.warnings).toEqual([expect.objectContaining({ message: expect.stringMatching(/^package\.json is not/) })]);
    expect(reading.tags).toBeUndefined();
  });

  it('takes what is sound beside what is odd', () => {
    const reading = read(JSON.stringify({ name: 7, description: 'Good', keywords: 'not a list', dependencies: ['react'], devDependencies: null }));
    expect(reading).toMatchObject({ name: undefined, description: 'Good' });
  });

  it('looks beside the Dockerfile where the root has none', () => {
    expect(packageJsonReader.wants({ ...repository('web/package.json', 'web/Dockerfile'), dockerfilePath: 'web/Dockerfile' }, new Map())).toEqual(['web/package.json']);
    expect(packageJsonReader.wants(repository('lib/package.json'), new Map())).toEqual([]);
  });
});
