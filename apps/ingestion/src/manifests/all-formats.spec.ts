import { formatOf, loadGrammarsFor, parseManifest } from './all-formats';

const MANIFESTS: Record<string, string> = {
  'package.json': '{"name":"@acme/draw","dependencies":{"next":"^15.1.0"},"devDependencies":{"vite":"7"},"engines":{"node":">=20"},"packageManager":"pnpm@9.1.0"}',
  'requirements.txt': '# web\nDjango>=4.2,<5 ; python_version >= "3.8"\nuvicorn[standard]==0.30.1 \\\n    --hash=sha256:aa\n-r base.txt\n',
  'pyproject.toml': '[project]\nname = "demo"\nrequires-python = ">=3.12"\ndependencies = ["Flask>=3"]\n[dependency-groups]\ndev = ["pytest>=8"]\n[tool.uv]\n',
  'go.mod': 'module example.org/ada/draw/v2\n\ngo 1.22.3\n\nrequire (\n\tgithub.com/labstack/echo/v4 v4.12.0\n\tgolang.org/x/net v0.24.0 // indirect\n)\n',
  'Cargo.toml': '[package]\nname = "draw"\nrust-version = "1.78"\n[dependencies]\naxum = { version = "0.7", features = ["ws"] }\n',
  Gemfile: 'source "https://rubygems.org"\nruby "3.3.0"\ngem "rails", "~> 7.1", ">= 7.1.2"\ngroup :development, :test do\n  gem "rspec-rails"\nend\n',
  'composer.json': '{"name":"ada/draw","require":{"php":"^8.2","laravel/framework":"^11.0","ext-gd":"*"},"require-dev":{"phpunit/phpunit":"^11"}}',
  'Draw.csproj': '<Project Sdk="Microsoft.NET.Sdk.Web"><PropertyGroup><TargetFramework>net8.0</TargetFramework></PropertyGroup><ItemGroup><PackageReference Include="Npgsql" Version="8.0.3" /></ItemGroup></Project>',
  'pom.xml': '<project><parent><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-parent</artifactId><version>3.2.5</version></parent><artifactId>draw</artifactId><properties><java.version>21</java.version></properties><dependencies><dependency><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-web</artifactId></dependency></dependencies></project>',
  'mix.exs': 'defmodule Draw.MixProject do\n  use Mix.Project\n  def project do\n    [app: :draw, elixir: "~> 1.15", deps: deps()]\n  end\n  defp deps do\n    [{:phoenix, "~> 1.7.12"}, {:credo, "~> 1.7", only: [:dev, :test]}]\n  end\nend\n',
};

beforeAll(() => loadGrammarsFor(Object.keys(MANIFESTS)));

const brief = (path: string) => {
  const manifest = parseManifest(path, MANIFESTS[path] ?? '');
  return {
    dependencies: manifest?.dependencies.map(({ ecosystem, name, version, group }) => `${ecosystem}:${name} ${version} ${group}`),
    runtimes: manifest?.runtimes.map(({ name, version }) => `${name} ${version}`),
    manager: manifest?.packageManager,
    warnings: manifest?.warnings,
  };
};

describe('manifests as their people write them', () => {
  it.each([
    ['package.json', ['npm:next ^15.1.0 runtime', 'npm:vite 7 dev'], ['node >=20'], 'pnpm'],
    ['requirements.txt', ['pypi:django >=4.2,<5 runtime', 'pypi:uvicorn ==0.30.1 runtime'], [], 'pip'],
    ['pyproject.toml', ['pypi:flask >=3 runtime', 'pypi:pytest >=8 dev'], ['python >=3.12'], 'uv'],
    ['go.mod', ['go:github.com/labstack/echo v4.12.0 runtime'], ['go 1.22.3'], 'go'],
    ['Cargo.toml', ['cargo:axum 0.7 runtime'], ['rust 1.78'], 'cargo'],
    ['Gemfile', ['gem:rails ~> 7.1, >= 7.1.2 runtime', 'gem:rspec-rails null dev'], ['ruby 3.3.0'], 'bundler'],
    ['composer.json', ['composer:laravel/framework ^11.0 runtime', 'composer:phpunit/phpunit ^11 dev'], ['php ^8.2'], 'composer'],
    ['Draw.csproj', ['nuget:microsoft.net.sdk.web 8.0 runtime', 'nuget:npgsql 8.0.3 runtime'], ['dotnet 8.0'], 'nuget'],
    ['pom.xml', ['maven:org.springframework.boot:spring-boot-starter-parent 3.2.5 dev', 'maven:org.springframework.boot:spring-boot-starter-web null runtime'], ['java 21'], 'maven'],
    ['mix.exs', ['hex:phoenix ~> 1.7.12 runtime', 'hex:credo ~> 1.7 dev'], ['elixir ~> 1.15'], 'mix'],
  ])('%s', (path, dependencies, runtimes, manager) => {
    expect(brief(path)).toEqual({ dependencies, runtimes, manager, warnings: [] });
  });

  it.each(['tsconfig.json', 'requirements.md', 'my-package.json', 'Gemfile.lock', 'go.mod.bak', 'pom.xml.erb', 'src/requirement.py'])('takes %s for no manifest', (path) => {
    expect(formatOf(path)).toBeUndefined();
  });
});
