import { contentsOf, repositoryOf } from '../../fixtures/fixture-repository';
import { composeFile, composePaths } from './compose-file';
import { mainService, serviceOfTheApp } from './compose-services';
import { withDefaults } from './compose-variables';

const parse = (text: string, path = 'compose.yml') => composeFile(path, contentsOf({ [path]: text }).get(path)!);

describe('composePaths', () => {
  it('are those of the root, beside the Dockerfile and for deployment, in the order of Compose', () => {
    const files = ['deploy/compose.yml', 'docker-compose.yml', 'Compose.yaml', 'docker/docker-compose.yaml', 'other/compose.yml', 'docker-compose.override.yml'];
    expect(composePaths(repositoryOf(files, { dockerfilePath: 'docker/Dockerfile' }))).toEqual(['Compose.yaml', 'docker-compose.yml', 'docker/docker-compose.yaml', 'deploy/compose.yml']);
  });
});

describe('composeFile', () => {
  it('reads services, with anchors and merge keys', () => {
    const { services, warnings } = parse(`
x-base: &base
  build: {context: ., dockerfile: docker/Dockerfile}
  depends_on: [db]
services:
  web:
    <<: *base
    ports: ["127.0.0.1:\${PORT:-8080}:3000", "53:53/udp", {target: 9229, published: 1}]
    expose: [4000]
    healthcheck: {test: ["CMD", "curl", "http://localhost:3000/up"]}
  worker:
    <<: *base
    depends_on: {web: {condition: service_started}}
  db:
    image: postgres:16
`);
    expect(warnings).toEqual([]);
    expect(services).toEqual([
      { name: 'web', image: null, build: { context: '', dockerfile: 'docker/Dockerfile' }, ports: [3000, 9229, 4000], published: true, healthCommand: 'CMD curl http://localhost:3000/up', dependsOn: ['db'] },
      { name: 'worker', image: null, build: { context: '', dockerfile: 'docker/Dockerfile' }, ports: [], published: false, healthCommand: null, dependsOn: ['web'] },
      { name: 'db', image: 'postgres:16', build: null, ports: [], published: false, healthCommand: null, dependsOn: [] },
    ]);
  });

  it.each([
    ['./web', 'docker/compose.yml', { context: 'docker/web', dockerfile: 'docker/web/Dockerfile' }],
    ['..', 'docker/compose.yml', { context: '', dockerfile: 'Dockerfile' }],
    ['../..', 'docker/compose.yml', null],
    ['/etc', 'compose.yml', null],
    ['https://example.org/x.git', 'compose.yml', null],
    ['{dockerfile: ../../etc/passwd}', 'compose.yml', null],
    ['{dockerfile_inline: FROM x}', 'compose.yml', { context: '', dockerfile: 'Dockerfile' }],
  ])('resolves build: %s of %s', (build, path, resolved) => {
    expect(parse(`services:\n  a:\n    build: ${build}\n`, path).services[0]?.build).toEqual(resolved);
  });

  it.each([
    ['services:\n  a: [', 2], ['- a', 1], ['services: 5', null], ['services:\n  a: 1\n  a: 2', 3], ['a: *b', null],
  ])('warns of %j with its line', (text, line) => {
    expect(parse(text)).toMatchObject({ services: [], warnings: [{ code: 'MANIFEST_INVALID', path: 'compose.yml', line }] });
  });
  it('takes anything for a service', () => {
    expect(parse('services:\n  a:\n  b: {ports: 80, depends_on: 7, healthcheck: {test: [[]]}, build: {context: [x]}, image: {a: 1}}\n').services).toHaveLength(2);
    expect(parse('').services).toEqual([]);
  });
  it('is parsed once for each content', () => {
    const content = contentsOf({ a: 'services: {}' }).get('a')!;
    expect(composeFile('a', content)).toBe(composeFile('a', content));
  });
});

describe('withDefaults', () => {
  it.each([
    ['${X:-a}', 'a'], ['${X-a}b', 'ab'], ['$X', ''], ['${X}', ''], ['${X:?must}', ''], ['$$x', '$x'], ['${A:-${B:-c}}', 'c'], ['5$', '5$'], ['${', ''], ['${A:-'.repeat(500), ''],
  ])('of %j is %j', (text, plain) => {
    expect(withDefaults(text)).toBe(plain);
  });
});

describe('services of a compose file', () => {
  const { services } = parse('services:\n  api: {build: ./api, ports: ["5000:5000"]}\n  web: {build: ./web, ports: ["80:80"], depends_on: [api]}\n  job: {build: ./api}\n  db: {image: postgres, ports: ["5432:5432"]}\n');
  it('has a main one: published, and needed by no other', () => {
    expect(mainService(services)?.name).toBe('web');
    expect(mainService([])).toBeUndefined();
  });
  it('has one that builds a Dockerfile', () => {
    expect(serviceOfTheApp(services, 'api/Dockerfile')?.name).toBe('api');
    expect(serviceOfTheApp(services, 'Dockerfile')).toBeUndefined();
  });
});
