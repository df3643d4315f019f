import { fitsPattern } from './glob-path';
import { parseGitAttributes } from './git-attributes';
import { isLeftOut } from './left-out';
import { sampled } from './sample';

describe('fitsPattern', () => {
  it.each([
    ['*.js', 'a/b.js', true], ['*.js', 'a.jsx', false], ['/a.js', 'a.js', true], ['/a.js', 'b/a.js', false], ['lib/**', 'lib/a/b', true], ['lib/*', 'lib/a/b', false], ['**/x/*.c', 'a/b/x/y.c', true], ['a/**/z', 'a/z', true], ['a/**/z', 'a/b/c/z', true],
    ['a/**/z', 'a/b/c', false], ['?.c', 'ab.c', false], ['*a*b*', 'xxaxxbxx', true], ['', 'a', false], ['**', 'a/b', true], ['*', '', true],
  ])('%s and %s: %s', (pattern, path, fits) => {
    expect(fitsPattern(pattern, path)).toBe(fits);
  });
  it('takes hostile patterns as they are', () => {
    expect(fitsPattern('*a'.repeat(90), `${'a'.repeat(4_000)}b`)).toBe(false);
    expect(fitsPattern('**/a/'.repeat(30), `${'a/'.repeat(1_000)}b`)).toBe(false);
    expect(fitsPattern('(a+)+$', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!')).toBe(false);
  });
});

describe('parseGitAttributes', () => {
  it('takes the last that fits', () => {
    const overridesOf = parseGitAttributes('*.js linguist-vendored\nmine/*.js linguist-vendored=false linguist-language=C-Sharp\n__proto__ linguist-generated\n[attr]x -text\n*.c linguist-detectable=false');
    expect(overridesOf('a/b.js')).toEqual({ leftOut: true });
    expect(overridesOf('mine/b.js')).toEqual({ leftOut: false, language: 'c-sharp' });
    expect(overridesOf('b.c')).toEqual({ leftOut: true });
    expect(overridesOf('b.py')).toEqual({});
  });
});

describe('isLeftOut', () => {
  it('does not take packages for folders of examples', () => {
    for (const path of ['src/main/java/com/example/demo/Demo.java', 'app/src/main/kotlin/org/example/build/A.kt', 'app/org/example/A.scala', 'src/app.ts', 'lib/demo.rb']) expect(isLeftOut(path)).toBe(false);
    for (const path of ['example/src/main.ts', 'demo/src/main/java/A.java', 'src/main/resources/static/vendor/x.js', 'docs/src/index.md', 'a/target/B.java']) expect(isLeftOut(path)).toBe(true);
  });
  it('takes no time for long paths', () => {
    for (const part of ['a.', 'start-', 'test_', '../', 'd3-', 'min.', '-lock']) expect(isLeftOut(part.repeat(2_000))).toBe(true);
    for (const part of ['a.', 'start-', 'test_', 'd3-', 'min.', '-lock']) expect(typeof isLeftOut(part.repeat(80))).toBe('boolean');
  });
});

describe('sampled', () => {
  it('gives all of few, and some of each of many, at equal distances', () => {
    const many = Array.from({ length: 300 }, (_, i) => i);
    expect(sampled(new Map([['a', [1, 2]], ['b', [3]]]))).toEqual([1, 2, 3]);
    expect(sampled(new Map([['a', [-1]], ['b', many]]))).toEqual([...Array.from({ length: 20 }, (_, i) => i * 15), -1]);
    expect(sampled(new Map(Array.from({ length: 40 }, (_, i) => [String(i), many] as const)))).toHaveLength(200);
  });
});
