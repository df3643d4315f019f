import { pyprojectToml } from './pyproject-toml';

const parse = (text: string) => pyprojectToml.parse('pyproject.toml', text);
const brief = (text: string) => parse(text).dependencies.map(({ name, version, group }) => `${name} ${version} ${group}`);

describe('pyproject.toml', () => {
  it('reads PEP 621 and PEP 735', () => {
    const text = `
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"
[project]
name = "notes"
description = "Notes for two"
keywords = ["notes", "crdt"]
license = { text = "MIT" }
requires-python = ">=3.11,<3.14"
dependencies = ["FastAPI[standard]>=0.111", "SQLAlchemy ~= 2.0 ; python_version >= '3.8'", "local @ file:///x"]
[project.optional-dependencies]
postgres = ["psycopg>=3"]
dev = ["ruff"]
[project.urls]
Homepage = "https://notes.example"
[dependency-groups]
test = ["pytest>=8", { include-group = "lint" }]
lint = ["mypy"]
worker = ["celery"]
[tool.hatch.envs.default]
dependencies = ["coverage"]
`;
    expect(parse(text)).toMatchObject({ name: 'notes', description: 'Notes for two', keywords: ['notes', 'crdt'], licence: 'MIT', homepage: 'https://notes.example', packageManager: null, warnings: [] });
    expect(parse(text).runtimes).toEqual([{ name: 'python', version: '>=3.11,<3.14', from: 'pyproject.toml#project.requires-python' }]);
    expect(brief(text)).toEqual([
      'fastapi >=0.111 runtime', 'sqlalchemy ~=2.0 runtime', 'local null runtime', 'psycopg >=3 optional', 'ruff null dev', 'pytest >=8 dev', 'mypy null dev', 'celery null optional', 'coverage null dev',
    ]);
  });

  it('reads Poetry', () => {
    const text = `
[tool.poetry]
name = "shop"
license = "AGPL-3.0-only"
[tool.poetry.dependencies]
python = "^3.12"
Django = "^5.0"
celery = { version = "^5.4", extras = ["redis"] }
gunicorn = { version = "^22", optional = true }
numpy = [{ version = "^1.26", python = "<3.13" }, { version = "^2", python = ">=3.13" }]
own = { path = "../own" }
[tool.poetry.group.dev.dependencies]
pytest = "*"
[tool.poetry.group.web.dependencies]
whitenoise = "^6"
[tool.poetry.group.extra]
optional = true
dependencies = { sentry-sdk = "^2" }
[build-system]
build-backend = "poetry.core.masonry.api"
`;
    expect(parse(text)).toMatchObject({ name: 'shop', licence: 'AGPL-3.0-only', packageManager: 'poetry', runtimes: [{ name: 'python', version: '^3.12' }] });
    expect(brief(text)).toEqual([
      'django ^5.0 runtime', 'celery ^5.4 runtime', 'gunicorn ^22 optional', 'numpy ^1.26 runtime', 'own null runtime', 'pytest * dev', 'whitenoise ^6 runtime', 'sentry-sdk ^2 optional',
    ]);
  });

  it.each([['[tool.uv]\ndev-dependencies = ["ruff"]', 'uv'], ['[tool.pdm.dev-dependencies]\ntest = ["ruff"]', 'pdm'], ['[build-system]\nbuild-backend = "pdm.backend"', 'pdm'], ['[build-system]\nbuild-backend = "uv_build"', 'uv'], ['[build-system]\nbuild-backend = "constructor"', null]])('sees the package manager in %j', (text, manager) => {
    expect(parse(text).packageManager).toBe(manager);
  });

  it('reads what stands above a wrong line', () => {
    const manifest = parse('[project]\nname = "notes"\ndependencies = ["flask"]\n\n[tool.ruff\nline = 1\n');
    expect(manifest.dependencies.map(({ name }) => name)).toEqual(['flask']);
    expect(manifest.warnings).toMatchObject([{ code: 'MANIFEST_INVALID', line: 5 }]);
  });

  it.each(['[project]\ndependencies = { flask = "1" }', '[project]\ndependencies = [7]', '[project]\nname = "a"\nname = "b"', 'a = 99999999999999999999'])('warns of %j', (text) => {
    expect(parse(text).dependencies).toEqual([]);
    expect(parse(text).warnings).toMatchObject([{ code: 'MANIFEST_INVALID' }]);
  });

  it('bears dates, and names that objects inherit', () => {
    expect(parse('[project]\nname = 2024-01-01\ndescription = 07:32:00\n[__proto__]\nx = 1\n[tool.poetry.dependencies]\nconstructor = "1"\n')).toMatchObject({ name: null, description: null, warnings: [], dependencies: [{ name: 'constructor' }] });
  });
});
