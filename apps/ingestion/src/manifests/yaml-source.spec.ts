import { parseYaml } from './yaml-source';

describe('parseYaml', () => {
  it('follows anchors and merge keys', () => {
    expect(parseYaml('a: &a {x: 1}\nb:\n  <<: *a\n  y: 2\n')).toEqual({ value: { a: { x: 1 }, b: { x: 1, y: 2 } }, problem: null });
  });
  it('reads the first document alone', () => {
    expect(parseYaml('a: 1\n---\nb: 2\n').value).toEqual({ a: 1 });
    expect(parseYaml('').problem).toBeNull();
  });
  it('says the line of what is wrong', () => {
    expect(parseYaml('services:\n  web:\n    image: [\n')).toEqual({ value: undefined, problem: { message: expect.any(String), line: 4 } });
    expect(parseYaml('a: 1\na: 2\n').problem).toEqual({ message: expect.stringContaining('unique'), line: 2 });
  });
  it('does not compare tens of thousands of keys with each other: of equal ones the last counts', () => {
    const { value, problem } = parseYaml(`${Array.from({ length: 15_000 }, (_, index) => `k${index}: 1\n`).join('')}k0: 2\n`);
    expect([problem, Object.keys(value as object).length, (value as { k0: number }).k0]).toEqual([null, 15_000, 2]);
  });
  it('makes a plain key of __proto__', () => {
    const { value } = parseYaml('__proto__: {polluted: true}\n');
    expect(Object.hasOwn(value as object, '__proto__')).toBe(true);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  const levels = 'bcdefghij'.split('');
  it.each([
    ['aliases that explode', `a: &a [x,x,x,x,x,x,x,x,x]\n${levels.map((one, i) => `${one}: &${one} [${`*${'abcdefghij'[i]!},`.repeat(9)}]`).join('\n')}`],
    ['braces', '{'.repeat(100_000)],
    ['closed braces', '{'.repeat(2_000) + '}'.repeat(2_000)],
    ['maps as keys', '{'.repeat(60) + '}'.repeat(60)],
    ['brackets', '['.repeat(100_000)],
    ['explicit keys', '? '.repeat(5_000) + 'a'],
    ['dashes', '- '.repeat(50_000)],
    ['indentation', Array.from({ length: 600 }, (_, i) => `${' '.repeat(i)}a:`).join('\n')],
    ['an alias of nothing', 'a: *b'],
    ['length', `a: ${'x'.repeat(1_000_000)}`],
  ])('does not break on %s', (_what, text) => {
    const { value, problem } = parseYaml(text);
    expect(value).toBeUndefined();
    expect(problem?.message).toMatch(/\w/);
  });
});
