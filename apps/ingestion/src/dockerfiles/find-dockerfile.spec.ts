import { contentsOf } from '../../fixtures/fixture-repository';
import { composeToConsult, findDockerfile } from './find-dockerfile';

const find = (...paths: string[]) => findDockerfile(paths, null).path;
const missing = (message: RegExp) => expect.objectContaining({ code: 'DOCKERFILE_MISSING', message: expect.stringMatching(message) });

describe('findDockerfile', () => {
  it.each([
    ['the root', ['a/Dockerfile', 'Dockerfile'], 'Dockerfile'],
    ['any case', ['dockerfile'], 'dockerfile'],
    ['the exact name before another case', ['DOCKERFILE', 'Dockerfile'], 'Dockerfile'],
    ['Containerfile', ['x', 'Containerfile'], 'Containerfile'],
    ['docker/', ['Docker/DockerFile', 'app/Dockerfile'], 'Docker/DockerFile'],
    ['docker/ before a variant', ['Dockerfile.arm64', 'docker/Dockerfile'], 'docker/Dockerfile'],
    ['an image before packages', ['packaging/debian/Dockerfile', 'packaging/docker/alpine/Dockerfile', 'packaging/rpm/Dockerfile'], 'packaging/docker/alpine/Dockerfile'],
    ['no source code', ['lib/hubs/dockerfile.ex', 'src/dockerfile.go', 'deep/in/Dockerfile'], 'deep/in/Dockerfile'],
    ['packaging/', ['packaging/docker/linux/Dockerfile', 'services/mailer/Dockerfile'], 'packaging/docker/linux/Dockerfile'],
    ['build/', ['build/Dockerfile', 'cmd/x/Dockerfile'], 'build/Dockerfile'],
    ['deploy/', ['deploy/Dockerfile.production', 'deploy/Dockerfile.dev'], 'deploy/Dockerfile.production'],
    ['.docker/', ['.docker/Dockerfile', '.github/Dockerfile'], '.docker/Dockerfile'],
    ['a folder', ['packages/web/Dockerfile'], 'packages/web/Dockerfile'],
    ['the nearest', ['a/b/Dockerfile', 'z/Dockerfile'], 'z/Dockerfile'],
    ['a variant', ['Dockerfile.prod'], 'Dockerfile.prod'],
    ['production before development', ['Dockerfile.dev', 'Dockerfile.prod'], 'Dockerfile.prod'],
    ['the plain one before production', ['Dockerfile.prod', 'Dockerfile'], 'Dockerfile'],
    ['elsewhere before development', ['Dockerfile.dev', 'Dockerfile.test', 'server/Dockerfile'], 'server/Dockerfile'],
    ['development where there is nothing else', ['Dockerfile.dev', 'x'], 'Dockerfile.dev'],
    ['name.Dockerfile', ['web.Dockerfile'], 'web.Dockerfile'],
    ['the app before what runs beside it', ['docker/nginx/Dockerfile', 'docker/web/Dockerfile', 'docker/db/Dockerfile'], 'docker/web/Dockerfile'],
    ['the app before its proxy', ['docker/nginx/Dockerfile', 'app/Dockerfile'], 'app/Dockerfile'],
    ['a part with a telling name', ['mailer/Dockerfile', 'web/Dockerfile'], 'web/Dockerfile'],
    ['the server before what helps it', ['machine-learning/Dockerfile', 'mailer/Dockerfile', 'server/Dockerfile'], 'server/Dockerfile'],
    ['not the base image', ['Dockerfile.base', 'Dockerfile.alpine'], 'Dockerfile.alpine'],
    ['latest, which is no test', ['latest/Dockerfile'], 'latest/Dockerfile'],
  ])('finds it in %s', (_what, paths, path) => {
    expect(find(...paths)).toBe(path);
  });

  it.each([
    '.devcontainer/Dockerfile', '.github/workflows/Dockerfile', 'ci/Dockerfile', 'tests/Dockerfile', 'integration-tests/Dockerfile', 'examples/a/Dockerfile', 'node_modules/x/Dockerfile', 'a/b/c/d/Dockerfile',
    'Dockerfile.dockerignore', 'Dockerfile.md', 'Dockerfile.j2', '.gitpod.Dockerfile', 'notdockerfile', 'dockerfile.ts', `${'x'.repeat(4_000)}.Dockerfile`,
  ])('does not take %s', (path) => {
    expect(() => find(path)).toThrow(missing(/Looked for Dockerfile, Containerfile/));
  });
  it('says what it did not take, and of links', () => {
    expect(() => find('examples/a/Dockerfile')).toThrow(missing(/Not taken: examples\/a\/Dockerfile\. A symbolic link is not followed/));
  });

  it('takes the given one or none', () => {
    expect(findDockerfile(['Dockerfile', 'tests/Dockerfile'], 'tests/Dockerfile')).toEqual({ path: 'tests/Dockerfile', reason: 'it was asked for', others: ['Dockerfile'] });
    expect(() => findDockerfile(['Dockerfile'], 'dockerfile')).toThrow(missing(/"dockerfile".*symbolic link/));
  });

  it('records why, and the others', () => {
    expect(findDockerfile(['Dockerfile'], null)).toEqual({ path: 'Dockerfile', reason: 'it is where people keep it', others: [] });
    expect(findDockerfile(['x/Dockerfile'], null)).toEqual({ path: 'x/Dockerfile', reason: 'it is the only one', others: [] });
    expect(findDockerfile(['b/Dockerfile', 'a/Dockerfile', 'Dockerfile.dev'], null)).toEqual({ path: 'a/Dockerfile', reason: 'it is the likeliest of 3: in a/', others: ['b/Dockerfile', 'Dockerfile.dev'] });
    expect(findDockerfile(Array.from({ length: 90 }, (_, i) => `s${i}/Dockerfile`), null).others).toHaveLength(20);
  });

  describe('with a compose file', () => {
    const paths = ['api/Dockerfile', 'web/Dockerfile', 'docker-compose.yml'];
    const compose = (text: string) => contentsOf({ 'docker-compose.yml': text });

    it('reads it only where there is something to choose', () => {
      expect(composeToConsult(paths, null)).toEqual(['docker-compose.yml']);
      expect(composeToConsult(paths, 'api/Dockerfile')).toEqual([]);
      expect(composeToConsult(['Dockerfile', 'docker-compose.yml'], null)).toEqual([]);
      expect(composeToConsult(['docker-compose.yml'], null)).toEqual([]);
    });
    it('takes what its main service builds', () => {
      const text = 'services:\n  shop: {build: ./api, ports: ["80:80"], depends_on: [frame]}\n  frame: {build: ./web, ports: ["81:81"]}\n';
      expect(findDockerfile(paths, null, compose(text))).toEqual({ path: 'api/Dockerfile', reason: 'docker-compose.yml builds it for its service "shop"', others: ['web/Dockerfile'] });
    });
    it('leaves a plain one at the root alone, unless another is built from the root', () => {
      expect(findDockerfile(['Dockerfile', ...paths], null, compose('services:\n  web: {build: ./web}\n')).path).toBe('Dockerfile');
      expect(findDockerfile(['Dockerfile', 'Dockerfile.full', ...paths], null, compose('services:\n  web: {build: {context: ., dockerfile: Dockerfile.full}}\n')).path).toBe('Dockerfile.full');
    });
    it.each(['services:\n  web: {build: {dockerfile: Dockerfile.dev}}\n', 'services:\n  web: {build: ../..}\n', 'services: [', '', 'services:\n  web: {build: ./nothing}\n'])('is not led astray by %j', (text) => {
      expect(findDockerfile(['Dockerfile.dev', ...paths], null, compose(text)).path).toBe('web/Dockerfile');
    });
  });

  it('is not slowed down by names', () => {
    const long = `${'tests-'.repeat(600)}/${'a-_.'.repeat(100)}Dockerfile`;
    expect(find('Dockerfile', ...Array.from({ length: 5_000 }, (_, i) => `${i}/${long}`))).toBe('Dockerfile');
  });
});
