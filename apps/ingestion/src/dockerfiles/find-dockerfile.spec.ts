import { findDockerfile } from './find-dockerfile';

const find = (...paths: string[]) => findDockerfile(paths, null).path;

describe('findDockerfile', () => {
  it.each([
    ['the root', ['a/Dockerfile', 'Dockerfile'], 'Dockerfile'],
    ['any case', ['dockerfile'], 'dockerfile'],
    ['the exact name before another case', ['DOCKERFILE', 'Dockerfile'], 'Dockerfile'],
    ['Containerfile', ['x', 'Containerfile'], 'Containerfile'],
    ['docker/', ['Docker/DockerFile', 'app/Dockerfile'], 'Docker/DockerFile'],
    ['a folder', ['packages/web/Dockerfile'], 'packages/web/Dockerfile'],
    ['the nearest', ['a/b/Dockerfile', 'z/Dockerfile'], 'z/Dockerfile'],
    ['a variant', ['Dockerfile.prod'], 'Dockerfile.prod'],
    ['production before development', ['Dockerfile.dev', 'Dockerfile.prod'], 'Dockerfile.prod'],
    ['name.Dockerfile', ['web.Dockerfile'], 'web.Dockerfile'],
  ])('finds it in %s', (_what, paths, path) => {
    expect(find(...paths)).toBe(path);
  });

  it.each(['.devcontainer/Dockerfile', 'tests/Dockerfile', 'examples/a/Dockerfile', 'node_modules/x/Dockerfile', 'a/b/c/d/Dockerfile', 'Dockerfile.dockerignore', 'Dockerfile.md', 'notdockerfile'])(
    'does not take %s',
    (path) => {
      expect(() => find(path)).toThrow(expect.objectContaining({ code: 'DOCKERFILE_MISSING', message: expect.stringContaining('Looked for Dockerfile, Containerfile') }));
    },
  );

  it('takes the given one or none', () => {
    expect(findDockerfile(['Dockerfile', 'tests/Dockerfile'], 'tests/Dockerfile').path).toBe('tests/Dockerfile');
    expect(() => findDockerfile(['Dockerfile'], 'dockerfile')).toThrow(expect.objectContaining({ code: 'DOCKERFILE_MISSING', message: expect.stringContaining('"dockerfile"') }));
  });
});
