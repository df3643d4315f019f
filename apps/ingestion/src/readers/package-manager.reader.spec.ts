import { contentsOf, repositoryOf } from '../../fixtures/fixture-repository';
import { packageManagerReader } from './package-manager.reader';
import type { Reading, Repository } from './reader';

const read = (files: Record<string, string>, about: Partial<Repository> = {}) =>
  ((packageManagerReader.read(contentsOf(files), repositoryOf(Object.keys(files), about)) as Reading).tags ?? []).map(({ key, value, from }) => {
    expect(key).toBe('package-manager');
    return `${value} ${from}`;
  });
const PACKAGE = '{"name":"draw"}';

describe('the reader of package managers', () => {
  it.each<[Record<string, string>, string[]]>([
    [{ 'package.json': PACKAGE }, ['npm package.json']],
    [{ 'package.json': PACKAGE, 'pnpm-lock.yaml': '' }, ['pnpm pnpm-lock.yaml']],
    [{ 'package.json': '{"packageManager":"yarn@4.1.0"}' }, ['yarn package.json']],
    [{ 'package.json': '{"packageManager":"yarn@4.1.0"}', 'package-lock.json': '' }, ['npm package-lock.json']],
    [{ 'package.json': '{"packageManager":"yarn@4.1.0"}', 'package-lock.json': '', 'yarn.lock': '' }, ['yarn yarn.lock']],
    [{ 'package.json': PACKAGE, 'package-lock.json': '', 'bun.lockb': '' }, ['bun bun.lockb']],
    [{ 'requirements.txt': 'flask' }, ['pip requirements.txt']],
    [{ 'requirements.txt': 'flask', 'pyproject.toml': '[tool.poetry]\nname = "a"' }, ['poetry pyproject.toml']],
    [{ 'requirements.txt': 'flask', 'uv.lock': '' }, ['uv uv.lock']],
    [{ 'pyproject.toml': '[project]\nname = "a"' }, ['pip pyproject.toml']],
    [{ 'pyproject.toml': '[tool.ruff]\nline-length = 100' }, []],
    [{ 'setup.cfg': '[flake8]\nmax-line-length = 100' }, []],
    [{ Pipfile: '[packages]\nflask = "*"' }, ['pipenv Pipfile']],
    [{ 'environment.yml': 'dependencies: [dash]' }, ['conda environment.yml']],
    [{ 'environment.yml': 'dependencies: [dash]', 'requirements.txt': 'dash' }, ['pip requirements.txt']],
    [{ Dockerfile: 'FROM continuumio/miniconda3', 'environment.yml': 'dependencies: [dash]', 'requirements.txt': 'dash' }, ['conda environment.yml']],
    [{ 'pom.xml': '<project><artifactId>a</artifactId></project>' }, ['maven pom.xml']],
    [{ 'build.gradle': 'plugins { id "java" }', gradlew: '' }, ['gradle gradlew']],
    [{ 'go.mod': 'module a.example/b' }, ['go go.mod']],
    [{ 'Cargo.toml': '[workspace]\nmembers = []' }, ['cargo Cargo.toml']],
    [{ 'composer.json': '{}', 'package.json': PACKAGE }, ['npm package.json', 'composer composer.json']],
    [{ 'docs/package.json': PACKAGE, 'examples/a/yarn.lock': '' }, []],
    [{ 'frontend/package.json': PACKAGE, 'frontend/yarn.lock': '', 'requirements.txt': 'django' }, ['yarn frontend/yarn.lock', 'pip requirements.txt']],
    [{ 'readme.md': '' }, []],
  ])('%j', (files, found) => {
    expect(read(files).sort()).toEqual([...found].sort());
  });

  it('prefers the lock file beside the Dockerfile', () => {
    expect(read({ 'yarn.lock': '', 'api/Dockerfile': 'FROM node', 'api/package.json': PACKAGE, 'api/package-lock.json': '' }, { dockerfilePath: 'api/Dockerfile' })).toEqual(['npm api/package-lock.json']);
  });
});
