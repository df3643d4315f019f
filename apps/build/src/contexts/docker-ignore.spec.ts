import { includedPaths } from './docker-ignore';

const PATHS = ['Dockerfile', 'a.log', 'node_modules/x/index.js', 'src/a.log', 'src/keep.log', 'src/main.js'];

describe('includedPaths', () => {
  it('takes all where nothing is excluded', () => {
    expect(includedPaths('', PATHS)).toEqual(PATHS);
    expect(includedPaths('# a comment\n\n', PATHS)).toEqual(PATHS);
  });
  it('matches names at the root alone, unlike .gitignore', () => expect(includedPaths('*.log', PATHS)).toEqual(PATHS.filter((path) => path !== 'a.log')));
  it('leaves out folders with all they hold', () => expect(includedPaths('node_modules\n', PATHS)).not.toContain('node_modules/x/index.js'));
  it('takes back what "!" names, also below an excluded folder', () =>
    expect(includedPaths('**/*.log\n!src/keep.log\nnode_modules/', PATHS)).toEqual(['Dockerfile', 'src/keep.log', 'src/main.js']));
  it('understands a byte order mark and CRLF', () => expect(includedPaths('\ufeffnode_modules\r\n*.log\r\n', PATHS)).toEqual(['Dockerfile', 'src/a.log', 'src/keep.log', 'src/main.js']));
  it('ends patterns that take for ever', () => {
    const evil = `${'*a'.repeat(30)}b`;
    expect(() => includedPaths(evil, ['a'.repeat(250)])).toThrow(expect.objectContaining({ code: 'BUILD_FAILED' }));
  });
});
