import { requirementsTxt } from './requirements-txt';

const parse = (text: string, path = 'requirements.txt') => requirementsTxt.parse(path, text);
const brief = (text: string, path?: string) => parse(text, path).dependencies.map(({ name, version }) => (version === null ? name : `${name} ${version}`));

describe('requirements.txt', () => {
  it('reads what pip reads', () => {
    const text = `--index-url https://pypi.example/simple
-r base.txt
-c constraints.txt
Django>=4.2,<5  # the long term one
Flask_SQLAlchemy == 3.1.1 ; python_version >= "3.8" and sys_platform != 'win32'
uvicorn[standard]~=0.30
gunicorn==22.0.0 \\
    --hash=sha256:a9f9b7f3a8f1 \\
    --hash=sha256:b8f9b7f3a8f2
requests @ https://files.example/requests-2.32.0-py3-none-any.whl
git+https://github.com/acme/tools.git@v1#egg=acme-tools
-e git+ssh://git@host.example/x.git#egg=editable_one&subdirectory=lib
-e .
./local/package
https://files.example/wheels/streamlit-1.35.0-py2.py3-none-any.whl
torch==2.3.0+cpu --find-links https://download.example
# comment

celery`;
    expect(brief(text)).toEqual(['django >=4.2,<5', 'flask-sqlalchemy ==3.1.1', 'uvicorn ~=0.30', 'gunicorn ==22.0.0', 'requests', 'acme-tools', 'editable-one', 'streamlit', 'torch ==2.3.0+cpu', 'celery']);
    expect(parse(text).warnings).toEqual([]);
  });

  it('tells the line of what is no requirement, and reads on', () => {
    const manifest = parse('flask==3.0\r\nthis is not one\r\nrequests==2 \\\n  --hash=x\nbad!!name\n');
    expect(manifest.dependencies.map(({ name }) => name)).toEqual(['flask', 'requests']);
    expect(manifest.warnings.map(({ line }) => line)).toEqual([2, 5]);
  });

  it.each([
    ['requirements.txt', 'runtime'], ['requirements-dev.txt', 'dev'], ['dev-requirements.txt', 'dev'], ['requirements_test.txt', 'dev'], ['requirements/docs.txt', 'dev'], ['requirements/base.txt', 'runtime'],
    ['requirements.prod.txt', 'runtime'], ['requirements.in', 'runtime'],
  ])('takes %s for %s', (path, group) => {
    expect(requirementsTxt.matches(path)).toBe(true);
    expect(parse('flask', path).dependencies).toMatchObject([{ group }]);
  });

  it.each(['robots.txt', 'requirements.md', 'myrequirements.txt', 'docs/requirements/readme.md', 'requirementsX.txt'])('takes %s for another file', (path) => {
    expect(requirementsTxt.matches(path)).toBe(false);
  });

  it('gives up a file of something else', () => {
    const manifest = parse(`${'some words of prose\n'.repeat(100)}flask\n`);
    expect(manifest.dependencies).toEqual([]);
    expect(manifest.warnings.map(({ line }) => line)).toEqual([1, 2, 3, 4, 5]);
  });
});
