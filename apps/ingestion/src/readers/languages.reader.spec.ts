import { languagesReader } from './languages.reader';
import { packageManagerReader } from './package-manager.reader';
import type { Reader, Reading } from './reader';

const tagsOf = (reader: Reader, sizes: Record<string, number>) => {
  const files = Object.entries(sizes).map(([path, bytes]) => ({ path, bytes }));
  const reading = reader.read(new Map(), { files, dockerfilePath: 'Dockerfile', commitSha: 'c'.repeat(40), publicUrl: null }) as Reading;
  return reading.tags?.map(({ key, value, from }) => `${key}:${value} ${from}`);
};

describe('the reader of languages', () => {
  it('names what has a share of the code, largest first', () => {
    expect(tagsOf(languagesReader, { 'app.py': 700, 'web/x.HTML': 250, 'x.css': 50, 'README.md': 9_000 })).toEqual([
      'language:python file names (70 % of the code)',
      'language:html file names (25 % of the code)',
    ]);
  });
  it('leaves out what others wrote', () => {
    expect(tagsOf(languagesReader, { 'main.go': 10, 'vendor/x.c': 900, 'node_modules/a/b.js': 900, 'static/jquery.min.js': 900 })).toEqual(['language:go file names (100 % of the code)']);
  });
  it('says nothing of a repository without code', () => {
    expect(tagsOf(languagesReader, { 'a.constructor': 5, Dockerfile: 3 })).toEqual([]);
    expect(tagsOf(languagesReader, { 'empty.py': 0 })).toEqual([]);
  });
});

describe('the reader of lock files', () => {
  it('knows the package manager by its lock file at the root', () => {
    expect(tagsOf(packageManagerReader, { 'pnpm-lock.yaml': 1, 'sub/yarn.lock': 1 })).toEqual(['package-manager:pnpm pnpm-lock.yaml']);
  });
});
