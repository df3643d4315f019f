import { cargoToml } from './cargo-toml';
import { composerJson } from './composer-json';
import { gemfile } from './gemfile';
import { goMod } from './go-mod';
import { mixExs } from './mix-exs';
import { resolveManifests } from './resolve-manifests';
import { loadGrammar, MAX_PROGRAM } from './syntax-trees';

const brief = ({ dependencies }: { dependencies: readonly { name: string; version: string | null; group: string }[] }) => dependencies.map(({ name, version, group }) => `${name} ${version} ${group}`);

beforeAll(() => Promise.all([loadGrammar('ruby'), loadGrammar('elixir')]));

describe('go.mod', () => {
  it('reads requirements that are the module\'s own', () => {
    const manifest = goMod.parse('go.mod', '// a comment\nmodule example.org/ada/draw/v2\n\ngo 1.22\ntoolchain go1.22.5\n\nrequire github.com/gin-gonic/gin v1.10.0\nrequire (\n\tgopkg.in/yaml.v3 v3.0.1 // direct\n\t"github.com/jackc/pgx/v5" v5.6.0\n\tgolang.org/x/sys v0.21.0 // indirect\n)\nreplace example.org/a => ../a\nexclude (\n\tx.example/y v1\n)\n');
    expect(brief(manifest)).toEqual(['github.com/gin-gonic/gin v1.10.0 runtime', 'gopkg.in/yaml v3.0.1 runtime', 'github.com/jackc/pgx v5.6.0 runtime']);
    expect(manifest).toMatchObject({ name: 'draw', runtimes: [{ version: '1.22', from: 'go.mod#go' }, { version: '1.22.5' }], warnings: [] });
  });

  it('tells the line of what is no directive', () => {
    expect(goMod.parse('go.mod', 'module m\nrequire\nfoo bar\nrequire a.example/b v1\n')).toMatchObject({ dependencies: [{ name: 'a.example/b' }], warnings: [{ line: 2 }, { line: 3 }] });
  });
});

describe('Cargo.toml', () => {
  it('reads dependencies of all platforms, and versions of the workspace', () => {
    const root = cargoToml.parse('Cargo.toml', '[workspace]\nmembers = ["server"]\n[workspace.package]\nrust-version = "1.78"\n[workspace.dependencies]\naxum = { version = "0.7", features = ["ws"] }\nunused = "1"\n');
    const member = cargoToml.parse('server/Cargo.toml', '[package]\nname = "server"\nrust-version.workspace = true\n[dependencies]\naxum = { workspace = true }\ndb = { package = "sqlx", version = "0.8", optional = true }\ntokio = "1"\n[dev-dependencies]\ninsta = "1"\n[target.\'cfg(unix)\'.dependencies]\nnix = "0.29"\n');
    const [, resolved] = resolveManifests([root, member]);
    expect(brief(resolved!)).toEqual(['axum 0.7 runtime', 'sqlx 0.8 optional', 'tokio 1 runtime', 'insta 1 dev', 'nix 0.29 runtime']);
    expect(root).toMatchObject({ dependencies: [], runtimes: [{ name: 'rust', version: '1.78', from: 'Cargo.toml#workspace.package.rust-version' }] });
    expect(member.runtimes).toEqual([]);
  });
});

describe('composer.json', () => {
  it('reads packages, and not what PHP itself has', () => {
    const manifest = composerJson.parse('composer.json', '{"name":"ada/shop","license":["MIT","GPL-3.0-or-later"],"require":{"php":">=8.2","ext-intl":"*","Symfony/Framework-Bundle":"7.1.*"},"require-dev":[],"config":{"platform":{"php":"8.3.4"}},"suggest":{"a/b":"for fun"}}');
    expect(brief(manifest)).toEqual(['symfony/framework-bundle 7.1.* runtime']);
    expect(manifest).toMatchObject({ licence: 'MIT OR GPL-3.0-or-later', runtimes: [{ version: '8.3.4' }, { version: '>=8.2' }], warnings: [] });
  });
});

describe('Gemfile', () => {
  it('reads the Ruby that it is', () => {
    const text = `# gem "never", "1"
source "https://rubygems.org"
ruby "3.3.1"
gem "rails", "~> 7.1.3", ">= 7.1.3.2"
gem 'pg', [">= 1.1", "< 2"]
gem("puma")
gem "bootsnap", require: false
gem "web-console", group: :development
gem "capybara", :groups => [:test, :ci]
gem "sidekiq", groups: %i[default production]
gem "computed-#{name}"
text = "gem 'in-a-text'"
group :development, :test do
  gem "debug", platforms: %i[mri windows]
  platforms :ruby do
    gem "rspec-rails"
  end
end
if ENV["EDGE"]
  gem "edge", github: "x/edge"
else
  gem "stable" unless ENV["NO"]
end
group(:assets, optional: true) { gem "sassc" }
`;
    const manifest = gemfile.parse('Gemfile', text);
    expect(brief(manifest)).toEqual([
      'rails ~> 7.1.3, >= 7.1.3.2 runtime', 'pg >= 1.1, < 2 runtime', 'puma null runtime', 'bootsnap null runtime', 'web-console null dev', 'capybara null dev', 'sidekiq null runtime',
      'debug null dev', 'rspec-rails null dev', 'edge null runtime', 'stable null runtime', 'sassc null optional',
    ]);
    expect(manifest).toMatchObject({ packageManager: 'bundler', runtimes: [{ name: 'ruby', version: '3.3.1' }], warnings: [] });
  });

  it('tells the line where it is no Ruby, and keeps what it could read', () => {
    const manifest = gemfile.parse('Gemfile', 'gem "rails"\ngem "puma", "6\ngem "pg"\n');
    expect(manifest.warnings).toMatchObject([{ code: 'MANIFEST_INVALID' }]);
    expect(manifest.dependencies).toContainEqual(expect.objectContaining({ name: 'rails' }));
    expect(gemfile.parse('Gemfile', 'gem "rails"\n\ngroup :test do\n').warnings).toMatchObject([{ line: 3 }]);
  });

  it.each(['%q(', '%(%(', '%w[', '%i(', '=begin\n', '`', '<<A ', '\\ ', '"#{', '(', 'gem "a" do\n', `<<${'X'.repeat(300)}\n`, `<<~"${'X'.repeat(300)}"\n`, '\u0001\ud800'])('bears %j without end', (piece) => {
    expect(gemfile.parse('Gemfile', piece.repeat(Math.ceil(60_000 / piece.length))).warnings.length).toBeLessThan(3);
    // The parser is as good as before.
    expect(brief(gemfile.parse('Gemfile', 'gem "rails"'))).toEqual(['rails null runtime']);
  });

  it('says that only the beginning of a long one counts', () => {
    expect(gemfile.parse('Gemfile', `gem "rails"\n${'# x\n'.repeat(MAX_PROGRAM)}`)).toMatchObject({ dependencies: [{ name: 'rails' }], warnings: [{ message: expect.stringContaining('only its beginning') }] });
  });
});

describe('mix.exs', () => {
  it('reads the Elixir that it is', () => {
    const text = `defmodule Shop.MixProject do
  use Mix.Project
  @version "1.0.0"
  def project do
    [app: :shop, version: @version, elixir: "~> 1.16", description: "A shop", deps: deps(), aliases: aliases()]
  end
  # {:never, "1"}
  defp deps do
    [
      {:phoenix, "~> 1.7.12"},
      {:ecto_sql, ">= 3.10.0", optional: true},
      {:credo, "~> 1.7", only: [:dev, :test], runtime: false},
      {:phoenix_live_reload, "~> 1.5", only: :dev},
      {:sentry, "~> 10.0", only: [:prod]},
      {:"odd_name", github: "a/b"}
    ] ++ more_deps()
  end
  defp more_deps, do: [{:jason, "~> 1.4"}]
  defp aliases do
    [{:not_a_dep, "x"}]
  end
end
`;
    const manifest = mixExs.parse('mix.exs', text);
    expect(brief(manifest)).toEqual(['phoenix ~> 1.7.12 runtime', 'ecto_sql >= 3.10.0 optional', 'credo ~> 1.7 dev', 'phoenix_live_reload ~> 1.5 dev', 'sentry ~> 10.0 runtime', 'odd_name null runtime', 'jason ~> 1.4 runtime']);
    expect(manifest).toMatchObject({ name: 'shop', description: 'A shop', runtimes: [{ name: 'elixir', version: '~> 1.16' }], warnings: [] });
  });

  it('is not held up by tens of thousands of carriage returns', () => {
    expect(mixExs.parse('mix.exs', `defmodule A do${'\r'.repeat(50_000)}`).dependencies).toEqual([]);
  });

  it('tells the line where it is no Elixir', () => {
    expect(mixExs.parse('mix.exs', 'defmodule A do\n  def deps do\n    [{:a, "1"}\n  end\nend\n').warnings).toMatchObject([{ code: 'MANIFEST_INVALID', line: expect.any(Number) }]);
  });
});
