import { condaEnvironment } from './conda-environment';
import { pipfile } from './pipfile';
import { setupCfg } from './setup-cfg';

const brief = ({ dependencies }: { dependencies: readonly { name: string; version: string | null; group: string }[] }) => dependencies.map(({ name, version, group }) => `${name} ${version} ${group}`);

describe('Pipfile', () => {
  it('reads packages, those for development, and the version of Python', () => {
    const manifest = pipfile.parse('Pipfile', '[[source]]\nurl = "https://pypi.example"\n[packages]\nflask = "*"\nDjango = {version = "~=5.0", extras = ["argon2"]}\n[dev-packages]\npytest = ">=8"\n[docs]\nsphinx = "*"\n[requires]\npython_version = "3.12"\n');
    expect(brief(manifest)).toEqual(['flask * runtime', 'django ~=5.0 runtime', 'pytest >=8 dev', 'sphinx * dev']);
    expect(manifest).toMatchObject({ packageManager: 'pipenv', runtimes: [{ name: 'python', version: '3.12', from: 'Pipfile#requires.python_version' }], warnings: [] });
  });
});

describe('setup.cfg', () => {
  it('reads values that go on in further lines', () => {
    const manifest = setupCfg.parse('setup.cfg', '[metadata]\nname = draw\ndescription = Draw together\nlicense = MIT\nkeywords = canvas, fun\n\n[options]\npython_requires = >=3.9\ninstall_requires =\n    Flask>=3\n    # not this one\n    requests ; python_version < "3.12"\n\n[options.extras_require]\ntest =\n    pytest\n[flake8]\nmax-line-length: 100\n');
    expect(brief(manifest)).toEqual(['flask >=3 runtime', 'requests null runtime', 'pytest null dev']);
    expect(manifest).toMatchObject({ name: 'draw', description: 'Draw together', licence: 'MIT', keywords: ['canvas', 'fun'], runtimes: [{ version: '>=3.9' }], warnings: [] });
  });

  it('tells the line of what is neither section nor option', () => {
    expect(setupCfg.parse('setup.cfg', '[metadata]\nname = draw\nwhat is this\n')).toMatchObject({ name: 'draw', warnings: [{ line: 3 }] });
  });
});

describe('environment.yml', () => {
  it('reads what conda and pip install', () => {
    const manifest = condaEnvironment.parse('environment.yml', 'name: dash-app\nchannels: [conda-forge]\ndependencies:\n  - python=3.11.4=h955ad1f_0\n  - conda-forge::dash>=2.17\n  - numpy=1.26\n  - pip\n  - pip:\n      - streamlit==1.35.0\n      - -r more.txt\n');
    expect(brief(manifest)).toEqual(['dash >=2.17 runtime', 'numpy =1.26 runtime', 'pip null runtime', 'streamlit ==1.35.0 runtime']);
    expect(manifest).toMatchObject({ name: 'dash-app', packageManager: 'conda', runtimes: [{ name: 'python', version: '=3.11.4' }], warnings: [] });
  });

  it.each([['dependencies: [a, b', 'valid YAML'], ['a: &x [*x]\ndependencies:\n  - flask', ''], ['- just\n- a list', ''], ['dependencies: 7', '']])('bears %j', (text, warning) => {
    expect(condaEnvironment.parse('environment.yml', text).warnings.map(({ message }) => message).join()).toContain(warning);
  });

  it.each([['environment.yml', true], ['environment-dev.yaml', true], ['conda_environment.yml', true], ['src/environments/environment.ts', false], ['my-environment.yml', false]])('%s: %s', (path, matches) => {
    expect(condaEnvironment.matches(path)).toBe(matches);
  });
});
